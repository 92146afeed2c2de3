/** The first time: a vault, a passphrase, a recovery sheet, an organisation. */
import type { BackupState, OrganisationView } from '../../api/bindings.gen';
import { call } from '../../api/call';
import { emptyOrganisation } from '../../api/organisation';
import { busily } from '../../app/busily';
import { saveOrganisation } from '../../app/organisation';
import { session } from '../../app/session.svelte';
import { twoPlaces } from '../../controls/recovery';

export type Step =
  'welcome' | 'demo' | 'passphrase' | 'sheet' | 'proof' | 'backup' | 'organisation' | 'restore';

/** The number of the step as it is shown; the proof belongs to the sheet. */
export const STEP_NUMBER: Record<Step, number> = {
  welcome: 1,
  demo: 1,
  passphrase: 2,
  sheet: 3,
  proof: 3,
  backup: 4,
  organisation: 5,
  restore: 1,
};
export const STEPS = 5;

export class WizardController {
  step = $state<Step>('welcome');
  passphrase = $state<string | null>(null);
  groups = $state<string[]>([]);
  places = $state<[number, number]>([3, 7]);
  typed = $state(['', '']);
  wrong = $state<number[]>([]);
  backup = $state.raw<BackupState | null>(null);
  yourName = $state('');
  organisation = $state(emptyOrganisation());
  nameMissing = $state(false);
  demoPassphrase = $state('');
  problem = $state<string | null>(null);
  busy = $state(false);
  #queue = session.saving.queue('wizard');

  constructor() {
    // The vault exists already: the window was closed half-way. The digits of the sheet are
    // nowhere any more; what was not proved is asked for on the first screen.
    if (!session.open) return;
    this.step = 'organisation';
    void this.#goOn();
  }

  #goOn(): Promise<void> {
    return busily(this, async () => {
      const backup = await call('backup_state', {});
      if (backup.folder !== null) return;
      this.backup = backup;
      this.step = 'backup';
    });
  }

  language(language: string): Promise<void> {
    return busily(this, async () => {
      const settings = session.state?.settings;
      if (settings) session.use(await call('save_settings', { ...settings, language }));
    });
  }

  /** True when the picked folder holds a vault and the lock screen takes over. */
  useVault(): Promise<void> {
    return busily(this, async () => {
      const state = await call('use_vault', {});
      if (state) await session.enter(state);
    });
  }

  makeVault(): Promise<void> {
    return busily(this, async () => {
      if (this.passphrase === null) return;
      const made = await call('create_vault', { passphrase: this.passphrase });
      if (!made) return;
      this.passphrase = null;
      this.groups = made.groups;
      session.use(await call('app_state', {}));
      this.step = 'sheet';
    });
  }

  /** A vault of made-up cases to look around in; the real one can be made any day. */
  makeDemo(): Promise<void> {
    return busily(this, async () => {
      const made = await call('create_demo', {});
      if (!made) return;
      this.demoPassphrase = made.words.join(' ');
      session.use(await call('app_state', {}));
      this.step = 'demo';
    });
  }

  finishDemo(): Promise<void> {
    return busily(this, async () => {
      this.demoPassphrase = '';
      session.practice = await call('practice', {});
    });
  }

  toProof(): void {
    this.places = twoPlaces(Math.random);
    this.typed = ['', ''];
    this.wrong = [];
    this.step = 'proof';
  }

  prove(): Promise<void> {
    return busily(this, async () => {
      const answer = await call('confirm_recovery', { places: [...this.places], groups: [...this.typed] });
      this.wrong = answer.wrong;
      if (answer.wrong.length === 0) await this.toBackup();
    });
  }

  /** From here the digits are nowhere in the window any more. */
  async toBackup(): Promise<void> {
    this.groups = [];
    this.typed = ['', ''];
    this.backup = await call('backup_state', {});
    this.step = 'backup';
  }

  sheetLater(): Promise<void> {
    return busily(this, () => this.toBackup());
  }

  backupFolder(): Promise<void> {
    return busily(this, async () => {
      const state = await call('choose_backup_folder', {});
      if (state) this.backup = state;
    });
  }

  backupRhythm(rhythm: string, keep: number): Promise<void> {
    return busily(this, async () => {
      this.backup = await call('save_backup_rhythm', { rhythm, keep });
    });
  }

  setYourName(name: string): void {
    this.yourName = name;
    this.#queue.hold('name', async () => {
      const certification = session.practice?.adviser.certification ?? '';
      session.practice = await call('save_adviser', { name: this.yourName.trim(), certification });
      return new Date().toISOString();
    });
  }

  setOrganisation(change: { name?: string; adviser_role?: string }): void {
    Object.assign(this.organisation, change);
    this.#queue.hold('organisation', async () => {
      const organisation = $state.snapshot(this.organisation) as OrganisationView;
      if (organisation.name.trim() === '') return null;
      this.organisation.id = await saveOrganisation(organisation);
      return new Date().toISOString();
    });
  }

  async finish(): Promise<boolean> {
    this.nameMissing = this.organisation.name.trim() === '';
    return !this.nameMissing && (await this.skip());
  }

  skip(): Promise<boolean> {
    let saved = false;
    return busily(this, async () => {
      saved = await this.#queue.flush();
      if (!saved && session.saving.error) throw session.saving.error;
      session.practice ??= await call('practice', {});
    }).then(() => saved);
  }
}

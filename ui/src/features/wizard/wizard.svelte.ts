/** The first time: a vault, a passphrase, a recovery sheet, an organisation. */
import type { BackupState } from '../../api/bindings.gen';
import { call } from '../../api/call';
import { busily } from '../../app/busily';
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
  organisation = $state('');
  role = $state('both');
  nameMissing = $state(false);
  demoPassphrase = $state('');
  problem = $state<string | null>(null);
  busy = $state(false);

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

  finish(): Promise<boolean> {
    let finished = false;
    return busily(this, async () => {
      const name = this.organisation.trim();
      this.nameMissing = name === '';
      if (this.nameMissing) return;
      await this.#saveName();
      session.practice = await call('save_organisation', {
        id: null,
        name,
        aliases: [],
        places: [],
        departments: [],
        sector: null,
        headcount: null,
        adviser_role: this.role,
        accused_policy: 'second_vpo',
        second_adviser: '',
        year_start_month: 1,
        threshold: 5,
        hidden_tables: ['K8'],
        retention_months: 24,
        active: true,
      });
      finished = true;
    }).then(() => finished);
  }

  skip(): Promise<boolean> {
    let finished = false;
    return busily(this, async () => {
      await this.#saveName();
      finished = true;
    }).then(() => finished);
  }

  async #saveName(): Promise<void> {
    const certification = session.practice?.adviser.certification ?? '';
    session.practice = await call('save_adviser', { name: this.yourName.trim(), certification });
  }
}

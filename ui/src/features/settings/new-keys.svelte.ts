/** The steps to other keys: a sheet on paper first, then the change itself. */
import { call } from '../../api/call';
import { busily } from '../../app/busily';
import { session } from '../../app/session.svelte';
import { twoPlaces } from '../../controls/recovery';
import { words } from '../../i18n/words.svelte';

export type NewKeysStep = 'closed' | 'about' | 'sheet' | 'secrets';

export class NewKeysController {
  at = $state<NewKeysStep>('closed');
  groups = $state<string[]>([]);
  places = $state<[number, number]>([3, 7]);
  typed = $state(['', '']);
  wrong = $state<number[]>([]);
  present = $state('');
  next = $state<string | null>(null);
  problem = $state<string | null>(null);
  busy = $state(false);

  async makeSheet(): Promise<void> {
    await busily(this, async () => {
      this.groups = (await call('prepare_keys', {})).groups;
      this.at = 'sheet';
    });
  }

  toSecrets(): void {
    this.groups = [];
    this.places = twoPlaces(Math.random);
    this.typed = ['', ''];
    this.wrong = [];
    this.at = 'secrets';
  }

  close(): void {
    this.at = 'closed';
    this.groups = [];
    this.present = '';
    this.next = null;
    this.problem = null;
  }

  async change(): Promise<void> {
    const next = this.next;
    if (next === null) return;
    await busily(this, async () => {
      const request = { old: this.present, new: next, places: [...this.places], groups: [...this.typed] };
      this.wrong = (await call('change_keys', request)).wrong;
      if (this.wrong.length > 0) return;
      this.close();
      session.say(words.t.keys.begun);
      session.use(await call('app_state', {}));
    });
  }
}

/** Autosave: what is typed goes to the core by itself, in order, and is never forgotten. */
import type { ApiError } from '../api/bindings.gen';
import { asApiError, sayLastWords } from '../api/call';

/** Saves something as it is when called; answers the moment of the durable write, or
    `null` when there was nothing to write. */
export type Job = () => Promise<string | null>;

const PAUSE = 400;
const LONGEST = 1000;
const AGAIN = 5000;

/**
 * Everything of one case goes through one queue, so that two saves never overtake
 * one another. A job reads what it saves when its turn comes, not when it was asked.
 */
export class SaveQueue {
  #waiting = new Map<string, Job>();
  #firstTouch: number | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<boolean> | null = null;
  #saving: Saving;

  constructor(saving: Saving) {
    this.#saving = saving;
  }

  get unsaved(): boolean {
    return this.#waiting.size > 0 || this.#running !== null;
  }

  /** Something changed; it is saved after a pause, or at the latest after a second. */
  touch(key: string, job: Job): void {
    this.#waiting.set(key, job);
    this.#firstTouch ??= Date.now();
    this.#saving.noticed();
    this.#schedule(Math.min(PAUSE, this.#firstTouch + LONGEST - Date.now()));
  }

  /** Something that is saved when she says so, or at the latest when the vault is locked. */
  hold(key: string, job: Job): void {
    this.#waiting.set(key, job);
  }

  /** Nothing more is to be saved under this key: the thing was removed. */
  forget(key: string): void {
    this.#waiting.delete(key);
  }

  /** Saves everything now. False when something could not be saved; it stays waiting. */
  async flush(): Promise<boolean> {
    while (this.unsaved) {
      if (!(await this.#run())) return false;
    }
    return true;
  }

  /** What runs now has ended; what failed waits again. */
  async settle(): Promise<void> {
    clearTimeout(this.#timer);
    while (this.#running) await this.#running;
  }

  /** Everything once more and for the last time: what cannot be saved now is kept by the
      core, so that nothing is tried twice. */
  async lastWords(): Promise<void> {
    for (let next = this.#next(); next; next = this.#next()) {
      try {
        this.#saving.durable(await next());
      } catch (thrown) {
        this.#saving.failed(asApiError(thrown));
      }
    }
  }

  #next(): Job | undefined {
    const [first] = this.#waiting;
    if (first) this.#waiting.delete(first[0]);
    return first?.[1];
  }

  #schedule(wait: number): void {
    clearTimeout(this.#timer);
    if (this.#saving.leaving) return;
    this.#timer = setTimeout(() => void this.#run(), Math.max(0, wait));
  }

  #run(): Promise<boolean> {
    this.#running ??= this.#batch().finally(() => {
      this.#running = null;
      this.#saving.settled();
    });
    return this.#running;
  }

  async #batch(): Promise<boolean> {
    clearTimeout(this.#timer);
    const batch = [...this.#waiting];
    this.#waiting.clear();
    this.#firstTouch = null;
    for (let index = 0; index < batch.length; index += 1) {
      const [, job] = batch[index]!;
      try {
        this.#saving.durable(await job());
      } catch (thrown) {
        const newer = this.#waiting;
        this.#waiting = new Map([...batch.slice(index), ...newer]);
        this.#saving.failed(asApiError(thrown));
        this.#schedule(AGAIN);
        return false;
      }
    }
    if (this.#waiting.size > 0) this.#schedule(PAUSE);
    return true;
  }
}

/** The state of saving as the window shows it, over all queues. */
export class Saving {
  state = $state<'saved' | 'saving' | 'failed'>('saved');
  /** The last durable write, RFC 3339. */
  savedAt = $state<string | null>(null);
  error = $state<ApiError | null>(null);
  /** The vault is being locked: nothing is saved later any more. */
  leaving = false;
  #queues = new Map<string, SaveQueue>();

  queue(of: string): SaveQueue {
    let queue = this.#queues.get(of);
    if (!queue) {
      queue = new SaveQueue(this);
      this.#queues.set(of, queue);
    }
    return queue;
  }

  async flush(): Promise<boolean> {
    const done = await Promise.all([...this.#queues.values()].map((queue) => queue.flush()));
    return done.every(Boolean);
  }

  /** The vault is being locked: every letter goes to the core, whatever happens. */
  async lastWords(): Promise<void> {
    this.leaving = true;
    const queues = [...this.#queues.values()];
    await Promise.all(queues.map((queue) => queue.settle()));
    sayLastWords();
    await Promise.all(queues.map((queue) => queue.lastWords()));
  }

  noticed(): void {
    if (this.state === 'saved') this.state = 'saving';
  }

  durable(at: string | null): void {
    if (at === null) return;
    if (this.savedAt === null || at > this.savedAt) this.savedAt = at;
    if (this.state === 'failed') this.state = 'saving';
    this.error = null;
  }

  failed(error: ApiError): void {
    this.state = 'failed';
    this.error = error;
  }

  settled(): void {
    const queues = [...this.#queues.values()];
    if (queues.some((queue) => queue.unsaved)) {
      if (this.state === 'failed') return;
      this.state = 'saving';
      return;
    }
    this.state = 'saved';
    this.error = null;
  }

  /** After a lock: nothing of the former session is kept. */
  clear(): void {
    this.#queues.clear();
    this.leaving = false;
    this.state = 'saved';
    this.error = null;
  }
}

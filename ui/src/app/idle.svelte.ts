/** How often the shell, which locks too when this page says nothing, hears of her. */
const TELL_EVERY = 10_000;

/** Locks after a while without work, with a warning first. */
export class Idle {
  /** Seconds until the lock, once the warning stands; else `null`. */
  warning = $state<number | null>(null);
  #last: number;
  #timer: ReturnType<typeof setInterval> | undefined;
  #minutes: () => number;
  #lock: () => void;
  #tell: () => void;
  #told = -TELL_EVERY;

  constructor(minutes: () => number, lock: () => void, tell: () => void) {
    this.#minutes = minutes;
    this.#lock = lock;
    this.#tell = tell;
    this.#last = Date.now();
  }

  start(): () => void {
    this.#last = Date.now();
    this.#timer = setInterval(() => this.look(), 1000);
    return () => clearInterval(this.#timer);
  }

  /** She is there: a key, the mouse, a touch. */
  active(): void {
    this.#begin();
    // Not the clock of the day, which may be set back.
    const now = performance.now();
    if (now - this.#told < TELL_EVERY) return;
    this.#told = now;
    this.#tell();
  }

  #begin(): void {
    this.#last = Date.now();
    this.warning = null;
  }

  look(): void {
    const left = Math.ceil((this.#last + this.#minutes() * 60_000 - Date.now()) / 1000);
    if (left <= 0) {
      // The next try comes only after a minute: when saving fails the vault stays open.
      this.#begin();
      this.#last -= Math.max(0, this.#minutes() - 1) * 60_000;
      this.#lock();
    } else {
      // At a setting of one minute the warning would stand there all the time.
      const warnFrom = this.#minutes() > 1 ? 60 : 20;
      this.warning = left <= warnFrom ? left : null;
    }
  }
}

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Idle } from './idle.svelte';

describe('locking by itself', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  test('warns a minute before and locks when nobody comes', () => {
    const lock = vi.fn();
    const idle = new Idle(() => 10, lock, vi.fn());
    const stop = idle.start();
    vi.advanceTimersByTime(8 * 60_000);
    expect(idle.warning).toBeNull();
    vi.advanceTimersByTime(70_000);
    expect(idle.warning).toBeGreaterThan(0);
    expect(lock).not.toHaveBeenCalled();
    vi.advanceTimersByTime(60_000);
    expect(lock).toHaveBeenCalledTimes(1);
    stop();
  });

  test('moving the mouse takes the warning away', () => {
    const lock = vi.fn();
    const idle = new Idle(() => 10, lock, vi.fn());
    const stop = idle.start();
    vi.advanceTimersByTime(9 * 60_000 + 30_000);
    expect(idle.warning).not.toBeNull();
    idle.active();
    expect(idle.warning).toBeNull();
    vi.advanceTimersByTime(60_000);
    expect(lock).not.toHaveBeenCalled();
    stop();
  });

  test('the shell hears every ten seconds at most that she is there, and nothing of the timer', () => {
    const tell = vi.fn();
    const idle = new Idle(() => 1, vi.fn(), tell);
    const stop = idle.start();
    for (let second = 0; second < 20; second += 1) {
      idle.active();
      vi.advanceTimersByTime(1000);
    }
    expect(tell).toHaveBeenCalledTimes(2);
    vi.advanceTimersByTime(10 * 60_000);
    expect(tell).toHaveBeenCalledTimes(2);
    stop();
  });
});

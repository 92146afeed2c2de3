import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ApiError } from '../api/bindings.gen';
import { Saving } from './saving.svelte';

const full: ApiError = { code: 'disk-full', field: null, detail: null };

describe('autosave', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  test('saves after a pause of 400 milliseconds, once for many keys', async () => {
    const saving = new Saving();
    const job = vi.fn(() => Promise.resolve('2026-11-21T13:32:00Z'));
    const queue = saving.queue('a');
    queue.touch('note', job);
    await vi.advanceTimersByTimeAsync(300);
    queue.touch('note', job);
    await vi.advanceTimersByTimeAsync(399);
    expect(job).not.toHaveBeenCalled();
    expect(saving.state).toBe('saving');
    await vi.advanceTimersByTimeAsync(1);
    expect(job).toHaveBeenCalledTimes(1);
    expect(saving.state).toBe('saved');
    expect(saving.savedAt).toBe('2026-11-21T13:32:00Z');
  });

  test('saves within a second while she keeps typing', async () => {
    const queue = new Saving().queue('a');
    const job = vi.fn(() => Promise.resolve('2026-11-21T13:32:00Z'));
    for (let key = 0; key < 12; key += 1) {
      queue.touch('note', job);
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(job).toHaveBeenCalled();
  });

  test('a later save never overtakes an earlier one of the same case', async () => {
    const queue = new Saving().queue('a');
    const order: string[] = [];
    const slow = (name: string, wait: number) => async () => {
      order.push(`${name} begins`);
      await new Promise((resolve) => setTimeout(resolve, wait));
      order.push(`${name} ends`);
      return '2026-11-21T13:32:00Z';
    };
    queue.touch('facts', slow('first', 900));
    await vi.advanceTimersByTimeAsync(400);
    queue.touch('note', slow('second', 10));
    await vi.advanceTimersByTimeAsync(3000);
    expect(order).toEqual(['first begins', 'first ends', 'second begins', 'second ends']);
  });

  test('what was typed during a save is saved next', async () => {
    const queue = new Saving().queue('a');
    let text = 'een';
    const sent: string[] = [];
    const job = async (): Promise<string> => {
      sent.push(text);
      await new Promise((resolve) => setTimeout(resolve, 200));
      return '2026-11-21T13:32:00Z';
    };
    queue.touch('note', job);
    await vi.advanceTimersByTimeAsync(450);
    text = 'een twee';
    queue.touch('note', job);
    await vi.advanceTimersByTimeAsync(2000);
    expect(sent).toEqual(['een', 'een twee']);
    expect(queue.unsaved).toBe(false);
  });

  test('a failed save says so, keeps everything, and succeeds when tried again', async () => {
    const saving = new Saving();
    const queue = saving.queue('a');
    let works = false;
    const sent: string[] = [];
    const job = (name: string) => (): Promise<string> => {
      if (!works) return Promise.reject(full);
      sent.push(name);
      return Promise.resolve('2026-11-21T13:33:00Z');
    };
    queue.touch('note', job('note'));
    queue.touch('facts', job('facts'));
    expect(await queue.flush()).toBe(false);
    expect(saving.state).toBe('failed');
    expect(saving.error).toEqual(full);
    expect(queue.unsaved).toBe(true);
    works = true;
    expect(await saving.flush()).toBe(true);
    expect(sent).toEqual(['note', 'facts']);
    expect(saving.state).toBe('saved');
    expect(saving.error).toBeNull();
  });

  test('tries again by itself after a while', async () => {
    const saving = new Saving();
    let times = 0;
    saving.queue('a').touch('note', () => {
      times += 1;
      return times === 1 ? Promise.reject(full) : Promise.resolve('2026-11-21T13:33:00Z');
    });
    await vi.advanceTimersByTimeAsync(400);
    expect(saving.state).toBe('failed');
    await vi.advanceTimersByTimeAsync(5000);
    expect(saving.state).toBe('saved');
  });

  test('the time shown is the latest durable write and never goes back', () => {
    const saving = new Saving();
    saving.durable('2026-11-21T13:33:00Z');
    saving.durable('2026-11-21T13:32:00Z');
    saving.durable(null);
    expect(saving.savedAt).toBe('2026-11-21T13:33:00Z');
  });
});

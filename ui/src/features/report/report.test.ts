import { beforeEach, describe, expect, test, vi } from 'vitest';
import { connect } from '../../api/call';
import { makeFake, type Fake } from '../../api/fake';
import { session } from '../../app/session.svelte';
import { ReportController, TEXTS } from './report.svelte';

let fake: Fake;

beforeEach(async () => {
  fake = makeFake('open', { demo: true });
  connect(fake);
  session.saving.clear();
  await session.start();
});

describe('the annual report', () => {
  test('opens on the year that is over', () => {
    expect(new ReportController().year).toBe(2025);
  });

  test('a text is saved before the pages are made again', async () => {
    vi.useFakeTimers();
    try {
      const controller = new ReportController();
      const loaded = controller.load();
      await vi.runAllTimersAsync();
      await loaded;
      const version = controller.pages?.version ?? 0;
      controller.write('summary', 'Rustig jaar');
      await vi.advanceTimersByTimeAsync(1000);
      const names = fake.calls.map((one) => one.name);
      expect(names.lastIndexOf('save_report_texts')).toBeLessThan(names.lastIndexOf('preview_report'));
      expect(controller.pages?.version).toBeGreaterThan(version);
    } finally {
      vi.useRealTimers();
    }
  });

  test('a year without cases says so and shows no older pages', async () => {
    const controller = new ReportController();
    await controller.load();
    expect(controller.pages).not.toBeNull();
    await controller.choose({ year: 2019 });
    expect(controller.problem).toContain('2019');
    expect(controller.pages).toBeNull();
    expect(controller.view).toBeNull();
  });

  test('a final year is shown as final', async () => {
    const controller = new ReportController();
    await controller.load();
    await controller.save(true);
    expect(controller.view?.frozen).toBe(true);
  });

  test('every text of the report has a place in exactly one part', async () => {
    const controller = new ReportController();
    await controller.load();
    const placed = Object.values(TEXTS).flat().sort();
    expect(placed).toEqual(Object.keys(controller.texts ?? {}).sort());
  });
});

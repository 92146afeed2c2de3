import { beforeEach, describe, expect, test } from 'vitest';
import { connect } from '../../api/call';
import { makeFake, type Fake } from '../../api/fake';
import { session } from '../../app/session.svelte';
import { fileSize } from '../../i18n/format';
import { AttachmentsController } from './attachments.svelte';
import { CaseController } from './case.svelte';

let fake: Fake;
let of: CaseController;
let files: AttachmentsController;

beforeEach(async () => {
  fake = makeFake('open', { demo: true });
  connect(fake);
  session.saving.clear();
  await session.start();
  const id = fake.vault.cases.find((view) => view.facts.closed === null)?.id ?? '';
  of = new CaseController(id);
  await of.load({ name: 'case', case: id });
  files = new AttachmentsController(of);
});

const called = (name: string): number => fake.calls.filter((one) => one.name === name).length;

describe('attachments', () => {
  test('one that is added stands in the list, and the original is spoken of once', async () => {
    await files.add();
    expect(of.view?.attachments).toHaveLength(1);
    expect(files.added).toBe(true);
    await files.show(of.view!.attachments[0]!);
    expect(files.added).toBe(false);
  });

  test('a picture that is closed is forgotten by the core too', async () => {
    await files.add();
    await files.show(of.view!.attachments[0]!);
    expect(files.shown?.width).toBe(595);
    await files.hide();
    expect(files.shown).toBeNull();
    expect(called('hide_attachment')).toBe(1);
    await files.hide();
    expect(called('hide_attachment')).toBe(1);
  });

  test('one that is removed is gone from the list', async () => {
    await files.add();
    await files.remove(of.view!.attachments[0]!);
    expect(of.view?.attachments).toEqual([]);
  });

  test('a size is never nothing', () => {
    expect(fileSize(1)).toBe('1 bytes');
    expect(fileSize(1_000)).toBe('1 kB');
    expect(fileSize(1_234_567)).toBe('1,3 MB');
  });
});

import { emptyCase, now, TODAY, uuid } from './data';
import { nextNumber, one, saved } from './cases';
import { refuse, type Handlers } from './index';

export const fileCommands: Handlers = {
  add_attachment: ({ case: id }, vault) => {
    const view = one(vault, id);
    view.attachments.push({
      entry: uuid(),
      name: 'foto.jpg',
      picture: true,
      length: 1_234_567,
      added_at: now(),
      there: true,
    });
    return saved(view);
  },
  remove_attachment: ({ case: id, entry }, vault) => {
    const view = one(vault, id);
    view.attachments = view.attachments.filter((known) => known.entry !== entry);
    return saved(view);
  },
  show_attachment: ({ case: id, entry }, vault) => {
    if (!one(vault, id).attachments.some((known) => known.entry === entry)) refuse('field-invalid', 'entry');
    return { id: uuid(), width: 595, height: 842 };
  },
  hide_attachment: () => ({}),
  export_attachment: () => ({ file: 'foto.jpg', folder: 'Documenten' }),
  quick_note: ({ text }, vault) => {
    if (text.trim() === '') refuse('field-required', 'text');
    vault.inbox.push({ id: uuid(), written_at: now(), text });
    return {};
  },
  inbox: (_, vault) => ({ notes: vault.inbox, damaged: [], more: 0 }),
  sort_quick_note: ({ id, case: into }, vault) => {
    const note = vault.inbox.find((known) => known.id === id) ?? refuse('file-missing');
    let view = into === null ? null : one(vault, into);
    if (!view) {
      view = { ...emptyCase(nextNumber(vault)), id: note.id };
      vault.cases.push(view);
    }
    view.notes.push({
      entry: note.id,
      note: { date: TODAY, channel: 'phone', minutes: 0, with_whom: '', facts: note.text, impressions: '' },
      saved_at: now(),
      revisions: 1,
      two_versions: false,
    });
    vault.inbox = vault.inbox.filter((known) => known.id !== id);
    return saved(view);
  },
  discard_quick_note: ({ id, confirmed }, vault) => {
    if (!confirmed) refuse('not-confirmed');
    vault.inbox = vault.inbox.filter((known) => known.id !== id);
    return {};
  },
};

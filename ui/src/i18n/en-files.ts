/** Attachments and quick notes, in English. */
import type { nlFiles } from './nl-files';

export const enFiles: typeof nlFiles = {
  attachments: {
    none: 'No attachments yet.',
    add: 'Add attachment',
    show: 'Show',
    saveAs: 'Save as…',
    busy: 'Working…',
    notThere: 'Not in the folder',
    original:
      'The attachment was kept encrypted. The original file still stands where it was; remove it yourself if it does not belong there.',
    removeTitle: 'Remove attachment?',
    removeText: (name) =>
      `${name} will no longer stand with this report. The file stays in the vault, encrypted.`,
    saveTitle: 'Make an unencrypted copy?',
    saveText:
      'A copy will stand outside the vault that is not encrypted. Whoever can reach that place can read it. Remove the copy as soon as you are done.',
    saved: (file, folder) => `${file} stands unencrypted in ${folder}.`,
  },
  quickNote: {
    open: 'Quick note',
    label: 'Quick note',
    hint: 'The note is kept encrypted. You sort it after unlocking.',
    keep: 'Keep',
    saved: 'Kept.',
    card: (count) => (count === 1 ? '1 quick note to sort' : `${count} quick notes to sort`),
    unverified: 'A quick note was written while the vault was locked. Check that you wrote it yourself.',
    notVerified: 'not verified',
    into: 'With which report?',
    choose: 'Choose a report',
    sort: 'Put with this report',
    newCase: 'Make a new report',
    sorted: (number) => `The note stands with report ${number}.`,
    discard: 'Throw away',
    discardTitle: 'Throw the quick note away?',
    discardText: 'The note stands with no report. This cannot be undone.',
    more: (count) => `There are ${count} more. Sort these first.`,
  },
};

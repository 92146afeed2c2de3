/** The English words of changing the keys after a leak, and of looking after the recovery sheet. */
import { plural } from './plural';
import type { nlKeys } from './nl-keys';

const many = plural('en');

export const enKeys: typeof nlKeys = {
  title: 'New keys',
  text: 'For when somebody else knows, or may have seen, your passphrase or your recovery sheet. Another passphrase is not enough then: who copied the vault before can open newer files too, with the old one.',
  open: 'Replace the keys…',
  does: [
    'You get a new recovery sheet and choose a new passphrase. The old ones then open nothing in this vault any more.',
    'Luwte seals everything anew while you go on working. You may lock: it goes on by itself afterwards.',
    'Copies that somebody has already, and your old back-ups, keep opening with the old passphrase. Make a new back-up afterwards and destroy the old ones.',
    'Do you work on another computer too? Close Luwte there and let everything arrive first.',
  ],
  start: 'Make a new recovery sheet',
  sheet:
    'Print this new sheet or copy it. It works only once you replace the keys after this; until then your old sheet is the right one.',
  sheetDone: 'I have the new sheet. Go on',
  now: 'Replace the keys now',
  busy: 'The keys are being replaced. This beginning takes about half a minute.',
  begun: 'Your new passphrase and your new recovery sheet hold from now on.',
  going: (done: number, left: number) =>
    `Sealing everything anew: ${many(done, 'file', 'files')} done, ${left} to go.`,
  goingOn: 'You can go on working.',
  done: 'The keys of your vault have been replaced. Make a new back-up now and destroy the old ones.',
  waits: 'The old keys are still there',
  waitsText: 'All that could be opened is sealed anew. The old keys are kept for:',
  others:
    'Files of another computer that have not arrived yet. This vault was also written in on another computer.',
  again: 'Try again',
  letGo: 'Let go of the old keys…',
  letGoTitle: 'Let go of the old keys?',
  letGoText:
    'What stands here and opens with the old keys only, Luwte cannot read afterwards. The files stay where they are. Do this when the other computers are done and you do not need these files any more.',
  letGoButton: 'Let go of the old keys',
  toSettings: 'To Settings',
  upkeep: {
    sheet_unproved: {
      title: 'You have not checked your recovery sheet yet.',
      text: 'Without a good recovery sheet a forgotten passphrase cannot be repaired.',
    },
    sheet_new: {
      title: 'Two weeks ago you made your recovery sheet.',
      text: 'Do you still know where it is? Check it once; after that Luwte asks once a year.',
    },
    sheet_old: {
      title: 'It is a year since you checked your recovery sheet.',
      text: 'See whether you still have it and whether it still opens the vault.',
    },
  },
  recoveryCardButton: 'Check the recovery sheet',
};

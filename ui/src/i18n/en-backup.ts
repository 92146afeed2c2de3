/** The English words of back-ups and of putting one back. */
import { plural } from './plural';
import type { nlBackup } from './nl-backup';

const many = plural('en');

export const enBackup = {
  title: 'Storage and back-up',
  heading: 'Back-up',
  text: 'A back-up is one encrypted file with your reports, attachments, notes and data, without the folder prev, in which the vault itself keeps earlier files. It opens with your passphrase or your recovery sheet of that moment.',
  none: 'No back-up was made yet.',
  last: (when: string) => `Last back-up: ${when}`,
  in: (folder: string) => `In ${folder}`,
  size: (cases: number, size: string) => `${many(cases, 'report', 'reports')}, ${size}`,
  chooseFolder: 'Choose a place…',
  otherFolder: 'Choose another place…',
  chooseText: 'Choose a stick, a network disk or a folder outside the vault.',
  cloud: 'This is fine: the back-up is encrypted. See to it that only you can reach this folder.',
  waiting: 'The folder for back-ups is not connected. The back-up is made as soon as you connect it.',
  rhythm: 'When',
  rhythms: {
    close: 'At each close, when something changed',
    daily: 'Once a day, when something changed',
    hand: 'Only when I do it myself',
  },
  keep: 'Keep the last',
  keepOption: (count: number) => many(count, 'back-up', 'back-ups'),
  now: 'Make one now',
  elsewhere: 'Save in another place…',
  check: 'Check',
  made: (cases: number) => `Back-up made and verified (${many(cases, 'report', 'reports')}).`,
  good: (cases: number) => `This back-up is good: ${many(cases, 'report', 'reports')} open.`,
  bad: (count: number) =>
    `The back-up holds ${many(count, 'file', 'files')} that cannot be opened. The last one that opened whole is kept. Check the vault under Settings.`,
  rehearse: 'Rehearse recovery',
  rehearseText:
    'This shows that a back-up and your recovery sheet work together. Nothing is changed and nothing is left behind.',
  rehearsed: (day: string) => `Last rehearsed on ${day}.`,
  rehearseGood: (cases: number) =>
    `This back-up and this recovery sheet work: ${many(cases, 'report', 'reports')}.`,
  rehearseGoodPassphrase: (cases: number) =>
    `This back-up and this passphrase work: ${many(cases, 'report', 'reports')}.`,
  restore: 'Put back a back-up',
  restoreOpen: 'Put back…',
  restoreText:
    'The back-up goes into a new folder, beside your present vault, which stays as it is. After that you see the lock of the vault that was put back; it opens with the passphrase it had then.',
  choose: 'Choose a back-up…',
  chosen: (file: string) => `Chosen: ${file}`,
  with: 'Open with',
  withPassphrase: 'Passphrase',
  withSheet: 'Recovery sheet',
  look: 'See what is in it',
  preview: (cases: number, day: string) => `${many(cases, 'report', 'reports')}, last change ${day}`,
  previewEmpty: (cases: number) => many(cases, 'report', 'reports'),
  place: 'Put back beside the present vault…',
  placeFirst: 'Put back in a folder…',
  restored: 'The back-up was put back. Unlock that vault with the passphrase it had then.',
  sheet: 'Recovery sheet',
  sheetText: 'The recovery sheet lets you in when you lost the passphrase.',
  sheetLink: 'To the recovery sheet',
  cardNone: 'You have no back-up yet.',
  cardNoneText: 'Without a back-up a broken computer is the end of your reports too.',
  cardOld: (days: number) => `Your last back-up is ${many(days, 'day', 'days')} old.`,
  cardFailed: 'The last back-up did not succeed.',
  cardFailedText: 'Make the back-up yourself, and you will see what is the matter.',
  cardDamaged: 'Something in your last back-up does not open.',
  cardDamagedText:
    'The last back-up that opened whole is kept. Check your vault under Settings: there you see what it is. When the vault is good, make a new back-up.',
  cardWaiting: 'The folder for back-ups is not connected.',
  cardWaitingText: 'The back-up is made as soon as you connect it.',
  cardRehearse: 'You have not rehearsed recovery for a year.',
  cardRehearseText: 'In a few minutes you know whether your back-up and your recovery sheet work.',
  cardButton: 'To back-up',
  wizardText:
    'Choose where the back-up of your vault goes: a stick, a network disk or a folder outside the vault.',
  wizardNext: 'Go on',
  wizardLater: 'Do this later',
  haveBackup: 'I have a back-up',
} satisfies typeof nlBackup;

/** The pages of the help in English; the shape is that of `nl-help.ts`. */
import type { nlHelp } from './nl-help';

export const enHelp: typeof nlHelp = {
  title: 'Help',
  intro: 'Everything on this page is on your computer. Luwte does not use the internet.',
  keysTitle: 'Keys',
  keys: [
    ['Ctrl N', 'New report'],
    ['Ctrl Enter', 'File it, done'],
    ['Ctrl Shift N', 'Note with this report'],
    ['Ctrl B', 'Check a name'],
    ['Ctrl K', 'Search in reports'],
    ['Ctrl L', 'Lock'],
    ['Ctrl S', 'Save (Luwte also saves by itself)'],
    ['Ctrl 1 to 4', 'Today, Reports, Organisations, Reporting'],
    ['Alt ← and Alt →', 'Back and forward'],
    ['F6', 'Next area'],
    ['Ctrl + and Ctrl −', 'Larger and smaller letters'],
    ['F1', 'This help'],
  ],
  pages: [
    {
      id: 'protects',
      title: 'What Luwte protects, and against whom',
      text: [
        'Everything you write is encrypted in your vault. Only your passphrase or your recovery sheet opens it.',
        [
          'Whoever finds or steals your computer or memory stick can read nothing in it.',
          'Whoever can reach your network drive or cloud folder reads nothing. If somebody changes a file there or swaps two, Luwte notices and says so. An old file that is put back is noticed by every computer that knows the newer one. What was there is kept.',
          'What is called “saved” is on the disk. Also after a power cut, a full disk or a stick that was pulled out.',
          'After locking, nothing of a report is left in the memory of Luwte.',
          'In an annual report small counts are merged, so that even somebody who has every report cannot work them out.',
          'An intervision story may hold no name from your vault. As long as there is one in it, you cannot save it.',
          'Luwte makes no connection to the internet.',
        ],
      ],
    },
    {
      id: 'not',
      title: 'What Luwte does not protect against',
      text: [
        'No program can promise this. It is good to know.',
        [
          'Malicious programs or an administrator on your computer, while the vault is open.',
          'Somebody who looks over your shoulder, a screenshot or sharing your screen.',
          'The page file and the hibernation of your computer, while the vault is open. Turn on disk encryption: it is called BitLocker on Windows and FileVault on a Mac.',
          'Old copies. Whoever has an old copy of the vault and the passphrase of that time can open that copy. A new passphrase does not change that.',
          'What can be seen from outside: roughly how many reports there are, how large they are, and when you used Luwte.',
          'An old file or a whole old folder that somebody puts back, on a computer on which you never opened this vault.',
          'Files outside the vault, such as an annual report or an attachment that you save. The recovery sheet as a PDF opens your vault: keep it as you keep the sheet.',
          'What you print: your computer and the printer sometimes keep a print for a while.',
          'Damage in a report that nobody opens, when you have no back-up folder. With one, Luwte opens each new back-up after you unlock, when the folder is there, and says so when something in it is bad. Otherwise check your vault now and then under Settings.',
          'Programs that read along with your keyboard, your input method or the clipboard. And your passphrase: it stays in memory until you lock.',
          'What you took away: it stays encrypted in the vault and in copies, and sometimes on the disk itself.',
          'A story that people recognise, even without a name. Read your text with those eyes.',
          'Somebody who forces you to open the vault.',
        ],
      ],
    },
    {
      id: 'laptop-gone',
      title: 'What do I do when my computer is gone?',
      text: [
        'Whoever finds it cannot read your reports. You can, with your back-up.',
        [
          'Put Luwte on another computer.',
          'Choose on the first screen: I have a back-up.',
          'Choose your back-up and type your passphrase, or the 48 digits of your recovery sheet.',
          'Was the vault open when you lost the computer, or was your passphrase with it? Then renew the keys, and ask your data protection officer whether this is a breach.',
        ],
      ],
    },
    {
      id: 'forgot',
      title: 'What do I do when I lost my passphrase?',
      text: [
        'Choose on the lock screen: Forgot your passphrase? Use your recovery sheet. Type the 48 digits and choose a new passphrase.',
        'Without the passphrase and without the recovery sheet nobody can open the vault, not even the makers of Luwte.',
      ],
    },
    {
      id: 'leaked',
      title: 'What do I do when somebody knows my passphrase?',
      text: [
        'Choose in Settings: Renew the keys. Luwte then encrypts everything again with a new passphrase and a new recovery sheet.',
        'Old copies and old back-ups still open with the old passphrase. Make a new back-up afterwards and destroy the old ones.',
      ],
    },
    {
      id: 'damaged',
      title: 'What do I do when Luwte calls a file damaged?',
      text: [
        'The file stays; Luwte throws nothing away and writes over nothing. The other reports work as usual.',
        [
          'Choose in Settings: Check the vault, and then Check now. Luwte says of each file what there is and what you can do.',
          'Often there is an earlier version in the vault itself. You can put it back there.',
          'Otherwise it is in a back-up. Restore that beside your vault; your vault stays as it is.',
          'Does Luwte say that a file was not downloaded yet? Wait until your cloud folder is ready, or connect.',
        ],
      ],
    },
    {
      id: 'versions',
      title: 'What does “two versions” mean?',
      text: [
        'You wrote the same thing on two computers before the one knew of the other. Luwte keeps both and does not choose for you.',
        'Read them both and choose one, or keep both. What you do not choose stays in the history.',
      ],
    },
    {
      id: 'leave',
      title: 'What do I do when Luwte is no longer there?',
      text: [
        'In the folder of your vault is LEESMIJ.txt. It says how to open everything with two free programs, age and sqlite3, and your passphrase. You do not need Luwte for it.',
      ],
    },
  ],
};

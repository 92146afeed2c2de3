/** The Dutch words of back-ups and of putting one back. */
import { plural } from './plural';

const many = plural('nl');

export const nlBackup = {
  title: 'Bewaren en back-up',
  heading: 'Back-up',
  text: 'Een back-up is één versleuteld bestand met uw meldingen, bijlagen, notities en gegevens, zonder de map prev, waarin de kluis zelf vorige bestanden bewaart. Hij opent met uw wachtzin of uw herstelblad van dat moment.',
  none: 'Er is nog geen back-up gemaakt.',
  last: (when: string) => `Laatste back-up: ${when}`,
  in: (folder: string) => `In ${folder}`,
  size: (cases: number, size: string) => `${many(cases, 'melding', 'meldingen')}, ${size}`,
  chooseFolder: 'Plaats kiezen…',
  otherFolder: 'Andere plaats kiezen…',
  chooseText: 'Kies een USB-stick, een netwerkschijf of een map buiten de kluis.',
  cloud: 'Dit mag: de back-up is versleuteld. Zorg dat alleen u bij deze map kunt.',
  waiting: 'De map voor back-ups is niet aangesloten. De back-up wordt gemaakt zodra u hem aansluit.',
  rhythm: 'Wanneer',
  rhythms: {
    close: 'Bij elk afsluiten, als er iets is gewijzigd',
    daily: 'Eén keer per dag, als er iets is gewijzigd',
    hand: 'Alleen als ik het zelf doe',
  } as Record<string, string>,
  keep: 'Bewaar de laatste',
  keepOption: (count: number) => many(count, 'back-up', 'back-ups'),
  now: 'Nu maken',
  elsewhere: 'Op een andere plaats bewaren…',
  check: 'Controleren',
  made: (cases: number) => `Back-up gemaakt en gecontroleerd (${many(cases, 'melding', 'meldingen')}).`,
  good: (cases: number) => `Deze back-up is goed: ${many(cases, 'melding', 'meldingen')} gaan open.`,
  bad: (count: number) =>
    `De back-up bevat ${many(count, 'bestand', 'bestanden')} die niet opengaan. De laatste die helemaal openging, is bewaard. Kijk de kluis na bij Instellingen.`,
  rehearse: 'Oefen herstel',
  rehearseText:
    'Zo weet u zeker dat een back-up en uw herstelblad samen werken. Er wordt niets gewijzigd en er blijft niets achter.',
  rehearsed: (day: string) => `Laatst geoefend op ${day}.`,
  rehearseGood: (cases: number) =>
    `Deze back-up en dit herstelblad werken: ${many(cases, 'melding', 'meldingen')}.`,
  rehearseGoodPassphrase: (cases: number) =>
    `Deze back-up en deze wachtzin werken: ${many(cases, 'melding', 'meldingen')}.`,
  restore: 'Back-up terugzetten',
  restoreOpen: 'Terugzetten…',
  restoreText:
    'De back-up komt in een nieuwe map, naast uw huidige kluis. Uw huidige kluis blijft zoals hij is. Daarna ziet u het slot van de teruggezette kluis; die opent met de wachtzin van toen.',
  choose: 'Back-up kiezen…',
  chosen: (file: string) => `Gekozen: ${file}`,
  with: 'Openen met',
  withPassphrase: 'Wachtzin',
  withSheet: 'Herstelblad',
  look: 'Bekijken wat erin staat',
  preview: (cases: number, day: string) => `${many(cases, 'melding', 'meldingen')}, laatste wijziging ${day}`,
  previewEmpty: (cases: number) => many(cases, 'melding', 'meldingen'),
  place: 'Terugzetten naast huidige kluis…',
  placeFirst: 'Terugzetten in een map…',
  restored: 'De back-up is teruggezet. Ontgrendel de teruggezette kluis met de wachtzin van toen.',
  sheet: 'Herstelblad',
  sheetText: 'Met het herstelblad komt u binnen als u de wachtzin kwijt bent.',
  sheetLink: 'Naar het herstelblad',
  cardNone: 'U heeft nog geen back-up.',
  cardNoneText: 'Zonder back-up is een kapotte computer ook het einde van uw meldingen.',
  cardOld: (days: number) => `Uw laatste back-up is ${many(days, 'dag', 'dagen')} oud.`,
  cardFailed: 'De laatste back-up is niet gelukt.',
  cardFailedText: 'Maak de back-up zelf; dan ziet u wat er aan de hand is.',
  cardDamaged: 'In uw laatste back-up gaat iets niet open.',
  cardDamagedText:
    'De laatste back-up die helemaal openging, blijft bewaard. Controleer uw kluis bij Instellingen: daar ziet u wat het is. Is de kluis goed, maak dan een nieuwe back-up.',
  cardWaiting: 'De map voor back-ups is niet aangesloten.',
  cardWaitingText: 'De back-up wordt gemaakt zodra u hem aansluit.',
  cardRehearse: 'U heeft een jaar geen herstel geoefend.',
  cardRehearseText: 'In een paar minuten weet u of uw back-up en uw herstelblad werken.',
  cardButton: 'Naar back-up',
  wizardText:
    'Kies waar de back-up van uw kluis komt. Dat mag een USB-stick zijn, een netwerkschijf of een map buiten de kluis.',
  wizardNext: 'Verder',
  wizardLater: 'Later doen',
  haveBackup: 'Ik heb een back-up',
};

/** The Dutch words of changing the keys after a leak, and of looking after the recovery sheet. */
import { plural } from './plural';

const many = plural('nl');

export const nlKeys = {
  title: 'Sleutels vernieuwen',
  text: 'Voor als iemand anders uw wachtzin of uw herstelblad kent of kan hebben gezien. Een andere wachtzin alleen is dan niet genoeg: wie eerder een kopie van de kluis maakte, kan met de oude wachtzin ook nieuwere bestanden openen.',
  open: 'Sleutels vernieuwen…',
  does: [
    'U krijgt een nieuw herstelblad en kiest een nieuwe wachtzin. De oude openen daarna niets meer in deze kluis.',
    'Luwte versleutelt alles opnieuw terwijl u doorwerkt. Vergrendelen mag: het gaat daarna vanzelf verder.',
    'Kopieën die iemand al heeft, en uw oude back-ups, blijven open te maken met de oude wachtzin. Maak daarna een nieuwe back-up en vernietig de oude.',
    'Werkt u ook op een andere computer? Sluit Luwte daar en laat eerst alles overkomen.',
  ],
  start: 'Nieuw herstelblad maken',
  sheet:
    'Druk dit nieuwe blad af of schrijf het over. Het werkt pas als u hierna de sleutels vernieuwt; tot dan blijft uw oude blad geldig.',
  sheetDone: 'Ik heb het nieuwe blad. Verder',
  now: 'Sleutels nu vernieuwen',
  busy: 'De sleutels worden vernieuwd. Dit begin duurt ongeveer een halve minuut.',
  begun: 'Uw nieuwe wachtzin en uw nieuwe herstelblad gelden vanaf nu.',
  going: (done: number, left: number) =>
    `Bezig met opnieuw versleutelen: ${many(done, 'bestand', 'bestanden')} klaar, nog ${left}.`,
  goingOn: 'U kunt gewoon doorwerken.',
  done: 'De sleutels van uw kluis zijn vernieuwd. Maak nu een nieuwe back-up en vernietig de oude.',
  waits: 'De oude sleutels zijn er nog',
  waitsText: 'Alles wat open kon, is opnieuw versleuteld. De oude sleutels blijven bewaard voor:',
  others:
    'Bestanden van een andere computer die nog niet zijn aangekomen. In deze kluis is ook op een andere computer geschreven.',
  again: 'Opnieuw proberen',
  letGo: 'Oude sleutels loslaten…',
  letGoTitle: 'Oude sleutels loslaten?',
  letGoText:
    'Wat hier staat en alleen met de oude sleutels opengaat, kan Luwte daarna niet meer lezen. De bestanden blijven staan. Doe dit als de andere computers klaar zijn en u deze bestanden niet meer nodig hebt.',
  letGoButton: 'Oude sleutels loslaten',
  toSettings: 'Naar Instellingen',
  upkeep: {
    sheet_unproved: {
      title: 'U heeft uw herstelblad nog niet gecontroleerd.',
      text: 'Zonder goed herstelblad is een vergeten wachtzin niet te herstellen.',
    },
    sheet_new: {
      title: 'Twee weken geleden maakte u uw herstelblad.',
      text: 'Weet u nog waar het ligt? Controleer het één keer; daarna vraagt Luwte het eens per jaar.',
    },
    sheet_old: {
      title: 'Het is een jaar geleden dat u uw herstelblad controleerde.',
      text: 'Kijk of u het nog heeft en of het de kluis nog opent.',
    },
  },
  recoveryCardButton: 'Herstelblad controleren',
};

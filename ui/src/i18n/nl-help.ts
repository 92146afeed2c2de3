/** The pages of the help in Dutch. A string is a paragraph, a list is a list. */
export interface HelpPage {
  id: string;
  title: string;
  text: (string | string[])[];
}

export const nlHelp = {
  title: 'Hulp',
  intro: 'Alles op deze pagina staat op uw computer. Luwte gebruikt geen internet.',
  keysTitle: 'Toetsen',
  keys: [
    ['Ctrl N', 'Nieuwe melding'],
    ['Ctrl Enter', 'Vastleggen, klaar'],
    ['Ctrl Shift N', 'Notitie bij deze melding'],
    ['Ctrl B', 'Naam controleren'],
    ['Ctrl K', 'Zoeken in meldingen'],
    ['Ctrl L', 'Vergrendelen'],
    ['Ctrl S', 'Opslaan (Luwte slaat ook vanzelf op)'],
    ['Ctrl 1 tot en met 4', 'Vandaag, Meldingen, Organisaties, Rapportage'],
    ['Alt ← en Alt →', 'Terug en vooruit'],
    ['F6', 'Volgend gebied'],
    ['Ctrl + en Ctrl −', 'Letters groter en kleiner'],
    ['F1', 'Deze hulp'],
  ] as [string, string][],
  pages: [
    {
      id: 'protects',
      title: 'Wat Luwte beschermt, en tegen wie',
      text: [
        'Alles wat u opschrijft, staat versleuteld in uw kluis. Alleen uw wachtzin of uw herstelblad opent die.',
        [
          'Wie uw computer of USB-stick vindt of steelt, kan er niets in lezen.',
          'Wie bij uw netwerkschijf of cloudmap kan, leest niets. Verandert iemand daar een bestand of verwisselt hij er twee, dan merkt Luwte dat en zegt het. Een oud bestand dat wordt teruggezet, merkt elke computer die het nieuwere kent. Wat er stond, blijft bewaard.',
          'Wat “opgeslagen” heet, staat op de schijf. Ook na een stroomstoring, een volle schijf of een losgetrokken stick.',
          'Na vergrendelen staat er niets van een melding meer in het geheugen van Luwte.',
          'In een jaarverslag zijn kleine aantallen samengevoegd, zo dat ook iemand die alle verslagen heeft ze niet kan uitrekenen.',
          'In een intervisieverhaal mag geen naam uit uw kluis staan. Zo lang er een in staat, kunt u het niet opslaan.',
          'Luwte maakt geen verbinding met internet.',
        ],
      ],
    },
    {
      id: 'not',
      title: 'Waar Luwte niet tegen beschermt',
      text: [
        'Dit kan geen enkel programma beloven. Het is goed om het te weten.',
        [
          'Kwaadaardige programma’s of een beheerder op uw computer, terwijl de kluis open is.',
          'Iemand die meekijkt, een schermafdruk of het delen van uw scherm.',
          'Het geheugenbestand en de slaapstand van uw computer, terwijl de kluis open is. Zet schijfversleuteling aan: op Windows heet dat BitLocker, op een Mac FileVault.',
          'Oude kopieën. Wie een oude kopie van de kluis heeft én de wachtzin van toen, kan die kopie openen. Een nieuwe wachtzin verandert daar niets aan.',
          'Wat aan de buitenkant te zien is: hoeveel meldingen er ongeveer zijn, hoe groot ze ongeveer zijn en wanneer u Luwte gebruikte.',
          'Een oud bestand of een hele oude map die iemand terugzet, op een computer waarop u deze kluis nog nooit opende.',
          'Bestanden buiten de kluis, zoals een verslag of een bijlage die u opslaat. Het herstelblad als pdf opent uw kluis: bewaar het zoals u het blad bewaart.',
          'Wat u afdrukt: uw computer en de printer bewaren een afdruk soms nog een tijd.',
          'Schade in een melding die niemand opent, als u geen map voor back-ups heeft. Met zo’n map opent Luwte elke nieuwe back-up na het ontgrendelen, als de map er dan is, en zegt het als er iets niet goed is. Controleer anders uw kluis af en toe bij Instellingen.',
          'Programma’s die meelezen met uw toetsenbord, uw invoerhulp of het klembord. En uw wachtzin: die blijft in het geheugen tot u vergrendelt.',
          'Wat u weghaalde: het blijft versleuteld in de kluis en in kopieën, en soms op de schijf zelf.',
          'Een verhaal dat mensen herkennen, ook zonder naam. Lees uw tekst met die ogen.',
          'Iemand die u dwingt om de kluis te openen.',
        ],
      ],
    },
    {
      id: 'laptop-gone',
      title: 'Wat doe ik als mijn computer kwijt is?',
      text: [
        'Wie hem vindt, kan uw meldingen niet lezen. U wel, met uw back-up.',
        [
          'Zet Luwte op een andere computer.',
          'Kies op het eerste scherm: Ik heb een back-up.',
          'Kies uw back-up en typ uw wachtzin, of de 48 cijfers van uw herstelblad.',
          'Was de kluis open toen u de computer verloor, of stond uw wachtzin erbij? Vernieuw dan de sleutels, en overleg met uw functionaris gegevensbescherming of dit een datalek is.',
        ],
      ],
    },
    {
      id: 'forgot',
      title: 'Wat doe ik als ik mijn wachtzin kwijt ben?',
      text: [
        'Kies op het vergrendelscherm: Wachtzin vergeten? Gebruik uw herstelblad. Typ de 48 cijfers en kies een nieuwe wachtzin.',
        'Zonder wachtzin en zonder herstelblad kan niemand de kluis openen, ook de makers van Luwte niet.',
      ],
    },
    {
      id: 'leaked',
      title: 'Wat doe ik als iemand mijn wachtzin kent?',
      text: [
        'Kies bij Instellingen: Sleutels vernieuwen. Luwte versleutelt dan alles opnieuw met een nieuwe wachtzin en een nieuw herstelblad.',
        'Oude kopieën en oude back-ups blijven te openen met de oude wachtzin. Maak daarna een nieuwe back-up en vernietig de oude.',
      ],
    },
    {
      id: 'damaged',
      title: 'Wat doe ik als Luwte een bestand beschadigd noemt?',
      text: [
        'Het bestand blijft staan; Luwte gooit niets weg en schrijft er niet overheen. De andere meldingen werken gewoon.',
        [
          'Kies bij Instellingen: Kluis controleren, en dan Nu controleren. Luwte zegt per bestand wat er is en wat u kunt doen.',
          'Vaak is er een eerdere versie in de kluis zelf. Die kunt u daar terugzetten.',
          'Anders staat het in een back-up. Zet die terug naast uw kluis; uw kluis blijft zoals hij is.',
          'Zegt Luwte dat een bestand nog niet opgehaald is? Wacht dan tot uw cloudmap klaar is, of maak verbinding.',
        ],
      ],
    },
    {
      id: 'versions',
      title: 'Wat betekent “twee versies”?',
      text: [
        'U schreef op twee computers aan hetzelfde, voordat de een wist van de ander. Luwte bewaart beide en kiest niet voor u.',
        'Lees ze allebei en kies er een, of houd beide. Wat u niet kiest, blijft in de geschiedenis staan.',
      ],
    },
    {
      id: 'leave',
      title: 'Wat doe ik als Luwte er niet meer is?',
      text: [
        'In de map van uw kluis staat LEESMIJ.txt. Daarin staat hoe u alles opent met twee vrije programma’s, age en sqlite3, en uw wachtzin. U heeft Luwte daar niet voor nodig.',
      ],
    },
  ] as HelpPage[],
};

/** Attachments and quick notes, in Dutch. */
export const nlFiles = {
  attachments: {
    none: 'Nog geen bijlagen.',
    add: 'Bijlage toevoegen',
    show: 'Tonen',
    saveAs: 'Opslaan als…',
    busy: 'Bezig…',
    notThere: 'Staat niet in de map',
    original:
      'De bijlage is versleuteld bewaard. Het oorspronkelijke bestand staat nog waar het stond; verwijder het zelf als het daar niet hoort.',
    removeTitle: 'Bijlage verwijderen?',
    removeText: (name: string) =>
      `${name} staat daarna niet meer bij deze melding. Het bestand blijft versleuteld in de kluis.`,
    saveTitle: 'Onversleutelde kopie maken?',
    saveText:
      'Er komt een kopie buiten de kluis die niet is versleuteld. Iedereen die bij die plaats kan, kan haar lezen. Verwijder de kopie zodra u klaar bent.',
    saved: (file: string, folder: string) => `${file} staat onversleuteld in ${folder}.`,
  },
  quickNote: {
    open: 'Snelle notitie',
    label: 'Snelle notitie',
    hint: 'De notitie wordt versleuteld bewaard. U deelt haar in nadat u hebt ontgrendeld.',
    keep: 'Bewaren',
    saved: 'Bewaard.',
    card: (count: number) =>
      count === 1 ? '1 snelle notitie om in te delen' : `${count} snelle notities om in te delen`,
    unverified:
      'Een snelle notitie is geschreven terwijl de kluis vergrendeld was. Kijk of u haar zelf hebt geschreven.',
    notVerified: 'niet geverifieerd',
    into: 'Bij welke melding?',
    choose: 'Kies een melding',
    sort: 'Bij deze melding zetten',
    newCase: 'Nieuwe melding maken',
    sorted: (number: string) => `De notitie staat bij melding ${number}.`,
    discard: 'Weggooien',
    discardTitle: 'Snelle notitie weggooien?',
    discardText: 'De notitie staat in geen enkele melding. Dit kan niet ongedaan worden gemaakt.',
    more: (count: number) => `Er zijn er nog ${count}. Deel eerst deze in.`,
  },
};

export const peopleEn = {
  title: 'People',
  intro: 'Find what became of one person in all imports.',
  query: 'Number of the person, or the email address',
  find: 'Find',
  noName: 'People are found by number or by the whole email address, not by name.',
  none: (who: string) => `No import holds ${who}.`,
  found: (who: string) => `What was imported for ${who}`,
  import: 'Import',
};

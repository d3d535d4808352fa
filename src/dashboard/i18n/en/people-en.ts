export const peopleEn = {
  title: 'People',
  intro: 'See every invitation of one person.',
  query: 'User ID or email address',
  find: 'Search',
  noName: 'Enter a user ID or a full email address. Searching by name is not supported.',
  none: (who: string) => `No invitations found for ${who}.`,
  found: (who: string) => `Invitations for ${who}`,
  import: 'Import',
};

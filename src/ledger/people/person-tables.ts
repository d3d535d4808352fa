/** The tables that hold data about a user of an import besides the import's rows. */
export const PERSON_TABLES = [
  'import_emails',
  'user_names',
  'user_checks',
  'earlier_relations',
] as const;

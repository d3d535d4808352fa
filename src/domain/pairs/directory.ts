import type { GroupId, UserId } from './ids.ts';

/** Somebody or something that a name may mean. */
export interface Candidate<Id> {
  id: Id;
  /** Fit to be shown to a person. */
  name: string;
  /** Of a person: has left, and keeps the name all the same. */
  isDismissed?: boolean;
}

/** What a name in the CSV means on the portal. */
export type Lookup<Id> =
  | { kind: 'found'; id: Id }
  /** `similar` are those who are named almost like it: “did you mean …”. */
  | { kind: 'unknown'; similar?: readonly Candidate<Id>[] }
  /** Several bear the name, and which one is meant nobody can tell. */
  | { kind: 'ambiguous'; candidates: readonly Candidate<Id>[] };

/** Names for ids, as the portal knows them. */
export interface Directory {
  /**
   * Finds people by e-mail address, without regard to case. Of several with one address the only
   * active one is found; a dismissed person is found when nobody else has the address.
   *
   * @returns what each address means; keys are the addresses as given
   * @throws Problem when the portal cannot be asked
   */
  usersByEmail(emails: readonly string[]): Promise<ReadonlyMap<string, Lookup<UserId>>>;
  /**
   * Finds groups by their exact name; blanks around it do not count.
   *
   * @returns what each name means; keys are the names as given
   * @throws Problem when the portal cannot be asked
   */
  groupsByName(names: readonly string[]): Promise<ReadonlyMap<string, Lookup<GroupId>>>;
}

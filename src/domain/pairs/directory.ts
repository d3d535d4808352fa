import type { GroupId, UserId } from './ids.ts';

/** A user or group that a name can mean. */
export interface Candidate<Id> {
  id: Id;
  /** Safe to show to a user. */
  name: string;
  /** Whether a person has been dismissed, but still has this name. */
  isDismissed?: boolean;
}

/** What a name in the CSV means on the portal. */
export type Lookup<Id> =
  /** `name`: as the portal shows it; undefined where that is not known. */
  | { kind: 'found'; id: Id; name?: string }
  /** `similar`: candidates with almost the same name, for “did you mean …”. */
  | { kind: 'unknown'; similar?: readonly Candidate<Id>[] }
  /** Several candidates have the name, and nothing decides between them. */
  | { kind: 'ambiguous'; candidates: readonly Candidate<Id>[] };

/** Looks up ids by name on the portal. */
export interface Directory {
  /**
   * Finds people by e-mail address, ignoring case. Of several people with one address, the only active one is
   * found; a dismissed person is found when no one else has the address.
   *
   * @returns what each address means; keys are the addresses as given
   * @throws Problem when the portal cannot be read
   */
  usersByEmail(emails: readonly string[]): Promise<ReadonlyMap<string, Lookup<UserId>>>;
  /**
   * Finds groups by their exact name, ignoring blanks around it.
   *
   * @returns what each name means; keys are the names as given
   * @throws Problem when the portal cannot be read
   */
  groupsByName(names: readonly string[]): Promise<ReadonlyMap<string, Lookup<GroupId>>>;
}

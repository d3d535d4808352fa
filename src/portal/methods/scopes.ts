import type { Problem } from '../../domain/errors/problem.ts';
import type { EmailsHidden } from '../../messages/en/problems-en.ts';
import { problem } from '../../messages/problems.ts';
import { isRecord } from '../http/json.ts';

/** Returns the webhook's scopes; every webhook may use it. */
export const SCOPE = 'scope';

/** @returns the scopes, or undefined when the answer is something else */
export function readScopes(result: unknown): ReadonlySet<string> | undefined {
  if (!isRecord(result)) return undefined;
  return new Set(Object.values(result).map(String).filter(isName));
}

/** Other texts are no scopes, and are not shown to anyone. */
const isName = (text: string): boolean => /^[\w.]{1,50}$/.test(text);

/** The scopes that the program uses, each with those that serve as well. */
const USED = {
  sonet_group: ['sonet_group'],
  socialnetwork: ['socialnetwork'],
  user: ['user', 'user_basic', 'user_brief'],
} as const;
export const USED_SCOPES = ['sonet_group', 'socialnetwork', 'user'] as const;
export type UsedScope = (typeof USED_SCOPES)[number];

/** @returns the scopes that the program uses and the webhook lacks */
export const missingScopes = (scopes: ReadonlySet<string>): UsedScope[] =>
  USED_SCOPES.filter((used) => !USED[used].some((scope) => scopes.has(scope)));

const WITHOUT: Readonly<Record<UsedScope, string>> = {
  sonet_group: 'The webhook lacks the scope sonet_group: it may not invite.',
  socialnetwork:
    'The webhook lacks the scope socialnetwork: the program cannot find out why the portal did not invite a person (already a member, or declined), nor the result of a request without an answer.',
  user: 'The webhook lacks the scope user (or user_basic, user_brief): the program cannot find out why the portal did not invite a person (not found, or declined).',
};

/** What the program does less well without a scope, in words. */
export const describeMissing = (scopes: ReadonlySet<string>): string[] =>
  missingScopes(scopes).map((scope) => WITHOUT[scope]);

/**
 * The scopes with which `user.get` shows addresses ("Get a List of Users by Filter"). With
 * `user_brief` alone the portal ignores a filter by address: all users would come back.
 */
const SHOW_EMAILS = ['user', 'user_basic'];

/** @throws Problem when people cannot be found by their addresses with these scopes */
export function requireEmails(scopes: ReadonlySet<string>): void {
  if (SHOW_EMAILS.some((scope) => scopes.has(scope))) return;
  throw scopes.has('user_brief') ? hiddenEmails('user_brief') : hiddenEmails('no_scope');
}

/** @param said the portal's own text */
export function hiddenEmails(why: EmailsHidden, said = ''): Problem {
  return problem('emails_hidden', { why, said });
}

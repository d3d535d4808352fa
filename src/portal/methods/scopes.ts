import { Problem } from '../../domain/errors/problem.ts';
import type { EmailsHidden } from '../../domain/errors/problem-params.ts';
import { isRecord } from '../http/json.ts';

/** Returns the webhook's scopes; every webhook may use it. */
export const SCOPE = 'scope';

/** @returns the scopes, or undefined when the answer is something else */
export function readScopes(result: unknown): ReadonlySet<string> | undefined {
  return isRecord(result) ? new Set(Object.values(result).map(String)) : undefined;
}

/** What the program does less well without a scope, in words. */
export function describeMissing(scopes: ReadonlySet<string>): string[] {
  const missing = [];
  if (!scopes.has('socialnetwork')) {
    missing.push(
      'The webhook lacks the scope socialnetwork: without it nobody can tell why the portal left somebody out, a member or one whom it declined, nor what became of a request without an answer.',
    );
  }
  if (!['user', 'user_basic', 'user_brief'].some((scope) => scopes.has(scope))) {
    missing.push(
      'The webhook lacks the scope user (or user_basic, user_brief): without it nobody can tell why the portal left somebody out, one who does not exist or one whom it declined.',
    );
  }
  return missing;
}

/**
 * The scopes with which `user.get` shows addresses ("Get a List of Users by Filter"). With
 * `user_brief` alone the portal ignores a filter by address: all users would come back.
 */
const SHOW_EMAILS = ['user', 'user_basic'];

/** @throws Problem when people cannot be found by their addresses with these scopes */
export function requireEmails(scopes: ReadonlySet<string>): void {
  if (SHOW_EMAILS.some((scope) => scopes.has(scope))) return;
  throw scopes.has('user_brief')
    ? hiddenEmails('user_brief', 'its scope user_brief does not show addresses')
    : hiddenEmails('no_scope', 'it lacks the scope user');
}

/** @param code why the webhook cannot find people by address; `why` is the same in words */
export function hiddenEmails(code: EmailsHidden, why: string): Problem {
  return new Problem(
    `The file names people by e-mail, and the webhook cannot find them: ${why}.`,
    'Edit the webhook in Bitrix24 and give it the scope user or user_basic, or name the people by their ids.',
    { coded: { code: 'emails_hidden', params: { why: code } } },
  );
}

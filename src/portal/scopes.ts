import { isRecord } from './json.ts';

/** Tells which scopes the webhook has; every webhook may ask. */
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
      'The webhook lacks the scope socialnetwork: without it nobody can tell members and invited people from those whom the portal declined, nor what became of a request without an answer.',
    );
  }
  if (!['user', 'user_basic', 'user_brief'].some((scope) => scopes.has(scope))) {
    missing.push(
      'The webhook lacks the scope user (or user_basic, user_brief): without it nobody can tell people who do not exist from those whom the portal declined.',
    );
  }
  return missing;
}

import { CHECKS } from '../../../messages/en/set-up-checks-en.ts';

export const setUpEn = {
  title: 'Setup',
  hint: 'Checks everything from Node.js to the webhook and suggests fixes. No invitations are sent.',
  check: 'Check setup',
  group: 'ID of a group to check (optional)',
  passed: 'No check failed.',
  failed: 'Some checks failed.',
  head: { status: 'Result', check: 'Check', found: 'Details' },
  status: { ok: 'OK', warning: 'Warning', failed: 'Failed', skipped: 'Not checked' },
  checks: CHECKS as Readonly<Record<keyof typeof CHECKS, string>>,
};

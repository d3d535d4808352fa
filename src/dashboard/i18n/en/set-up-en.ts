import { CHECKS } from '../../../messages/set-up/set-up-checks.ts';

export const setUpEn = {
  title: 'Set-up',
  hint: 'Checks everything from Node.js to the webhook and says what to do. Nothing is sent to anybody.',
  check: 'Check the set-up',
  group: 'Number of a group, to check whether it can be invited into',
  sound: 'Nothing failed.',
  unsound: 'Something failed.',
  head: { status: 'Result', check: 'What', found: 'What was found' },
  status: { ok: 'OK', warning: 'Warning', failed: 'Failed', skipped: 'Not checked' },
  checks: CHECKS as Readonly<Record<keyof typeof CHECKS, string>>,
};

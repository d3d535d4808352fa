import { expect, test } from 'vitest';
import { planOf } from '../../../src/domain/portal/plan.ts';

test.each([
  ['ru_basic', 'cloud'],
  ['com_center', 'cloud'],
  ['demo', 'cloud'],
  ['com_ent250', 'enterprise'],
  ['ru_ent_1000', 'enterprise'],
  ['ru_selfhosted', 'box'],
  ['selfhosted', 'box'],
  [undefined, 'unknown'],
])('the license %s is the plan %s', (license, plan) => {
  expect(planOf(license)).toBe(plan);
});

import { Examination } from '../../src/doctor/examination.ts';

/** @returns the codes of the findings, by the names of the checks */
export async function examined(
  examine: (examination: Examination) => Promise<unknown>,
): Promise<Record<string, string>> {
  const examination = new Examination((text) => text);
  await examine(examination);
  return codesOf(examination);
}

export const codesOf = ({ results }: Pick<Examination, 'results'>): Record<string, string> =>
  Object.fromEntries(results.map(({ check, code }) => [check, code]));

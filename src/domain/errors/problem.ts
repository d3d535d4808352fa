import type { CodedText } from '../text/coded-text.ts';

/** What is wrong, with the file, line, column or setting, and what to do about it. */
export type ProblemWords = readonly [what: string, remedy?: string];

/**
 * An error that the user can fix: a wrong file, a wrong setting, a service that is down. Shown as one message
 * without a stack trace; everything else that is thrown is a bug. `problem` in `src/messages/problems.ts`
 * makes it from its code.
 */
export class Problem extends Error {
  override readonly name = 'Problem';
  /** What to do about it; empty where there is nothing to do. */
  readonly remedy: string;
  readonly coded: CodedText;

  /**
   * @param coded the problem as code and parameters
   * @param words the same in English
   */
  constructor(coded: CodedText, [what, remedy = '']: ProblemWords, options?: ErrorOptions) {
    super(what, options);
    this.coded = coded;
    this.remedy = remedy;
  }
}

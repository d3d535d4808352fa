import type { CodedProblem } from './problem-params.ts';

export interface ProblemOptions {
  cause?: unknown;
  /** The same for programs; what only people at the machine meet has none. */
  coded?: CodedProblem | undefined;
}

/**
 * Something the person at the keyboard can mend: a wrong file, a wrong setting, a service that
 * is down. Shown as one message without a stack trace; everything else that is thrown is a bug.
 */
export class Problem extends Error {
  override readonly name = 'Problem';
  /** What to do about it, one sentence. */
  readonly remedy: string;
  readonly coded: CodedProblem | undefined;

  /**
   * @param what what is wrong, naming the file, line, column or setting
   * @param remedy what to do
   */
  constructor(what: string, remedy: string, { coded, ...options }: ProblemOptions = {}) {
    super(what, options);
    this.remedy = remedy;
    this.coded = coded;
  }
}

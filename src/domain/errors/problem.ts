import type { CodedProblem } from './problem-params.ts';

export interface ProblemOptions {
  cause?: unknown;
  /** The same as code and parameters; problems that only occur at the command line have none. */
  coded?: CodedProblem | undefined;
}

/**
 * An error that the user can fix: a wrong file, a wrong setting, a service that is down. Shown as one message
 * without a stack trace; everything else that is thrown is a bug.
 */
export class Problem extends Error {
  override readonly name = 'Problem';
  /** What to do about it, one sentence. */
  readonly remedy: string;
  readonly coded: CodedProblem | undefined;

  /**
   * @param what the error, with the file, line, column or setting
   * @param remedy what to do about it
   */
  constructor(what: string, remedy: string, { coded, ...options }: ProblemOptions = {}) {
    super(what, options);
    this.remedy = remedy;
    this.coded = coded;
  }
}

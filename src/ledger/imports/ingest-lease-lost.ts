import { Problem } from '../../domain/errors/problem.ts';
import { problemOf } from '../../messages/problems.ts';
import { typed } from '../../platform/invocation.ts';

/** Another process reads the file now, into the same import or a new one, or has cancelled the import. */
export class IngestLeaseLost extends Problem {
  constructor(file: string) {
    super(...problemOf('reading_taken_over', { file, command: typed('imports') }));
  }
}

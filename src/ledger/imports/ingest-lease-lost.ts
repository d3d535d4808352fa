import { Problem } from '../../domain/errors/problem.ts';
import { typed } from '../../platform/invocation.ts';

/** Another process reads the file now, into the same import or a new one, or has cancelled the import. */
export class IngestLeaseLost extends Problem {
  constructor(fileName: string) {
    super(
      `Another process has taken over ${fileName}, to read it again or to cancel it.`,
      `Run the same command again to resume. To see the state, type: ${typed('imports')}`,
      { coded: { code: 'reading_taken_over', params: { file: fileName } } },
    );
  }
}

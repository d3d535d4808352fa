import { Problem } from '../../domain/errors/problem.ts';
import { typed } from '../../platform/invocation.ts';

/** Another process reads the file now, into the same import or a new one, or has cancelled the import. */
export class IngestLeaseLost extends Problem {
  constructor(fileName: string) {
    super(
      `Another process has taken over the reading of ${fileName}, to read it anew or to cancel it.`,
      `The same command goes on with what was read. To see where it stands, type: ${typed('imports')}`,
      { coded: { code: 'reading_taken_over', params: { file: fileName } } },
    );
  }
}

import { LedgerNewer, refuseNewer } from './migrate.ts';
import type { Db } from './schema.ts';

const POLL_MS = 2_000;

/**
 * Checks periodically that the ledger still has this program's version, until disposed of. Other errors
 * are ignored: they are reported where the ledger is used.
 *
 * @param onNewer called once, when a newer program has changed the ledger
 */
export function watchVersion(db: Db, onNewer: (newer: LedgerNewer) => void): AsyncDisposable {
  let checking: Promise<void> | undefined;
  const stop = () => clearInterval(timer);
  const timer = setInterval(() => {
    checking ??= refuseNewer(db)
      .catch((error: unknown) => {
        if (!(error instanceof LedgerNewer)) return;
        stop();
        onNewer(error);
      })
      .finally(() => {
        checking = undefined;
      });
  }, POLL_MS);
  return {
    async [Symbol.asyncDispose]() {
      stop();
      await checking;
    },
  };
}

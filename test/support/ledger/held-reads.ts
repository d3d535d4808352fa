import type { KyselyPlugin } from 'kysely';
import type { Db } from '../../../src/ledger/db/schema.ts';

/** A database with query results that a test can delay. */
export interface HeldReads {
  readonly db: Db;
  /** Delays the results of further queries of a table. Resolves when the first result waits. */
  hold(table: string): Promise<void>;
  /** Releases all results. */
  release(): void;
}

/** Wraps a database so that a test can delay its query results. */
export function holdableReads(db: Db): HeldReads {
  const waiting = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  const held = new WeakSet<object>();
  let heldTable: string | undefined;
  const plugin: KyselyPlugin = {
    transformQuery({ node, queryId }) {
      if (node.kind === 'SelectQueryNode' && heldTable !== undefined) {
        if (JSON.stringify(node.from).includes(`"${heldTable}"`)) held.add(queryId);
      }
      return node;
    },
    async transformResult({ result, queryId }) {
      if (!held.has(queryId)) return result;
      waiting.resolve();
      await released.promise;
      return result;
    },
  };
  return {
    db: db.withPlugin(plugin),
    hold(table) {
      heldTable = table;
      return waiting.promise;
    },
    release: released.resolve,
  };
}

import type { KyselyPlugin } from 'kysely';
import type { Db } from '../../../src/ledger/db/schema.ts';

/** A database whose answers wait for a test. */
export interface HeldReads {
  readonly db: Db;
  /** Holds what is read of a table from now on. @returns when the first answer waits */
  hold(table: string): Promise<void>;
  /** Lets all answers go. */
  release(): void;
}

/** Opens a view of a database whose answers can be held. */
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

import type { KyselyPlugin } from 'kysely';
import type { Db } from '../../src/ledger/schema.ts';

/** A database whose answers wait for a test. */
export interface HeldReads {
  readonly db: Db;
  /** Resolves when an answer waits. */
  readonly waiting: Promise<void>;
  /** Lets all answers go. */
  release(): void;
}

/** Holds what is read of a table until it is released. @param table by its name in the schema */
export function holdReads(db: Db, table: string): HeldReads {
  const waiting = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  const held = new WeakSet<object>();
  const plugin: KyselyPlugin = {
    transformQuery({ node, queryId }) {
      if (node.kind === 'SelectQueryNode' && JSON.stringify(node.from).includes(`"${table}"`)) {
        held.add(queryId);
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
  return { db: db.withPlugin(plugin), waiting: waiting.promise, release: released.resolve };
}

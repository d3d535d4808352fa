import { type CheckedWork, expectedWork } from '../domain/time/expected-work.ts';
import type { WorkLeft } from '../domain/time/work-left.ts';
import type { Db } from '../ledger/db/schema.ts';
import { readChunksLeft } from '../ledger/delivery/chunks-left.ts';
import { importsInState } from '../ledger/imports/import-store.ts';
import { countRowTexts } from '../ledger/pairs/message-store.ts';
import { readTalliesOf } from '../ledger/tallies/tallies.ts';
import { readCheckedWork } from './checked-work.ts';

/** What does not change while an import runs. */
interface Facts {
  checked: CheckedWork | undefined;
  texts: number;
}

/** Reads what the running imports of a portal still have to send. */
export class RunningWork {
  readonly #db: Db;
  readonly #portal: string;
  readonly #facts = new Map<number, Facts>();

  constructor(db: Db, portal: string) {
    this.#db = db;
    this.#portal = portal;
  }

  /**
   * @param perRequest the most pairs in a request
   * @returns the work by import, without imports that have nothing pending
   */
  async read(perRequest: number): Promise<Map<number, WorkLeft>> {
    const running = await importsInState(this.#db, this.#portal, 'running');
    const ids = running.map(({ id }) => id);
    for (const id of this.#facts.keys()) if (!ids.includes(id)) this.#facts.delete(id);
    const chunks = await readChunksLeft(this.#db, ids, perRequest);
    const tallies = await readTalliesOf(this.#db, ids);
    const works = new Map<number, WorkLeft>();
    for (const [id, left] of chunks) {
      const { checked, texts } = await this.#factsOf(id);
      works.set(id, expectedWork(left, tallies.get(id) ?? [], checked, texts));
    }
    return works;
  }

  async #factsOf(importId: number): Promise<Facts> {
    const known = this.#facts.get(importId);
    if (known !== undefined) return known;
    const checked = await readCheckedWork(this.#db, importId);
    const facts = { checked, texts: await countRowTexts(this.#db, importId) };
    this.#facts.set(importId, facts);
    return facts;
  }
}

import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  cancelImport,
  pauseImport,
  resumeImport,
  retryImport,
} from '../../../src/invite/control.ts';
import { cancelWaiting } from '../../../src/ledger/cancel-waiting.ts';
import { findImport } from '../../../src/ledger/imports.ts';
import type { Db } from '../../../src/ledger/schema.ts';
import type { Fault } from '../../../src/sandbox/faults.ts';
import type { Random } from '../../../src/sandbox/random.ts';
import type { LedgerPlace } from '../../support/sqlite-place.ts';
import type { WorkerChildren } from './worker-children.ts';

/** What mischief is done to. */
export interface Victims {
  db: Db;
  importId: number;
  workers: WorkerChildren;
  place: LedgerPlace;
  setFaults(...faults: Fault[]): Promise<void>;
  /** Longer than a job is kept and than a request lives. */
  freezeMs: number;
}

type Mischief = (victims: Victims, random: Random) => Promise<void>;

const find = async ({ db, importId }: Victims) => {
  const found = await findImport(db, importId);
  if (found === undefined) throw new Error('the import is gone');
  return found;
};

function choose(children: readonly ChildProcess[], random: Random): ChildProcess | undefined {
  return children[Math.floor(random() * children.length)];
}

const ACTOR = 'chaos';

const MISCHIEF = {
  /** A person cancels, and at once puts what failed back in line. */
  async cancelAndRetry(victims, random) {
    const { db, importId } = victims;
    await cancelImport(db, await find(victims), ACTOR);
    if (random() < 0.7) await cancelWaiting(db, importId);
    await retryImport(db, await find(victims), ACTOR, undefined);
  },
  async pauseAndResume(victims, random) {
    const { db } = victims;
    await pauseImport(db, await find(victims), ACTOR);
    await sleep(random() * 300);
    await resumeImport(db, await find(victims), ACTOR);
  },
  /** A process stands still until others have its chunks and its requests are over, then goes on. */
  async freeze({ workers, freezeMs }, random) {
    const child = choose(workers.living, random);
    child?.kill('SIGSTOP');
    await sleep(freezeMs);
    child?.kill('SIGCONT');
  },
  async kill({ workers }, random) {
    choose(workers.living, random)?.kill('SIGKILL');
    await workers.start();
  },
  /** The portal answers nothing for a while. */
  async outage({ setFaults }, random) {
    const kinds = ['html_502', 'html_504', 'drop_before', 'drop_after', 'error_500'] as const;
    await setFaults({ kind: kinds[Math.floor(random() * kinds.length)] ?? 'html_502' });
    await sleep(1_000 + random() * 2_000);
    await setFaults();
  },
  /** Nobody can write for a while, answers among others. */
  async loseLedger({ place }, random) {
    await place.lose(300 + random() * 1_500);
  },
  /** The machine's clock is set back by an hour. */
  async setBack({ workers }) {
    workers.signal('SIGUSR2');
  },
} as const satisfies Record<string, Mischief>;

export type MischiefName = keyof typeof MISCHIEF;
export const MISCHIEF_NAMES = Object.keys(MISCHIEF) as MischiefName[];

export const doMischief = (name: MischiefName, victims: Victims, random: Random): Promise<void> =>
  MISCHIEF[name](victims, random);

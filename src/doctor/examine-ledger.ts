import { existsSync } from 'node:fs';
import type { Clock } from '../domain/time/clock.ts';
import { ledgerPlace } from '../ledger/db/find-ledger.ts';
import { inspectLedger, type LedgerInspection } from '../ledger/db/inspect.ts';
import type { Db } from '../ledger/db/schema.ts';
import type { Check } from '../messages/en/set-up-checks-en.ts';
import { finding, type SetUpFinding } from '../messages/findings.ts';
import { checkClock } from './checks/clock-check.ts';
import type { SettingsRead } from './doctor-settings.ts';
import { type Examination, errorFinding, inTime } from './examination.ts';

const PARTS: readonly Check[] = [
  'ledger_version',
  'ledger_integrity',
  'ledger_rights',
  'ledger_clock',
];

export interface LedgerOptions {
  /** The ledger, if this process has it open. */
  readonly open: Db | undefined;
  /** Larger files, in bytes, are not searched for damage: the search blocks the process. */
  readonly searchBytes: number;
  readonly clock: Clock;
}

/** Checks the ledger, and leaves it as it is: it is neither created nor upgraded. */
export async function examineLedger(
  examination: Examination,
  { config, wrong }: SettingsRead,
  options: LedgerOptions,
): Promise<void> {
  const skipAll = (needs: Check) => examination.skip(needs, 'ledger', ...PARTS);
  if (config === undefined || wrong.has('LEDGER_URL')) return skipAll('settings');
  const isFile = config.ledgerUrl === undefined;
  if (isFile && !examination.passed('data_dir')) return skipAll('data_dir');

  const place = ledgerPlace(config);
  if (isFile && !existsSync(place)) {
    examination.add('ledger', finding('ledger_none', { place }));
    return;
  }
  const opened = await open(place, options.open);
  if ('code' in opened) {
    examination.add('ledger', opened);
    return examination.skip('ledger', ...PARTS);
  }
  await using ledger = opened;
  const { engine, version } = ledger;
  examination.add('ledger', finding('ledger_opens', { engine, version, place: ledger.place }));
  await examination.check('ledger_version', [], () => checkVersion(ledger));
  await examination.check('ledger_integrity', ['ledger_version'], () =>
    checkIntegrity(ledger, options.searchBytes),
  );
  await examination.check('ledger_rights', ['ledger_version'], () => checkRights(ledger));
  await examination.check('ledger_clock', [], () => checkLedgerClock(ledger, options.clock));
}

async function open(place: string, db: Db | undefined): Promise<LedgerInspection | SetUpFinding> {
  try {
    return await inTime(inspectLedger(place, db));
  } catch (error) {
    return errorFinding(error);
  }
}

async function checkVersion(ledger: LedgerInspection): Promise<SetUpFinding> {
  const { last: step, ahead: steps } = await ledger.readSchema();
  if (step === undefined) return finding('ledger_empty', {});
  return steps === 0
    ? finding('ledger_current', { step })
    : finding('ledger_older', { step, steps });
}

async function checkIntegrity(ledger: LedgerInspection, mostBytes: number): Promise<SetUpFinding> {
  const { engine, bytes = 0 } = ledger;
  if (engine === 'Postgres') return finding('ledger_on_server', {});
  if (bytes > mostBytes) {
    return finding('ledger_not_searched', { megabytes: Math.round(bytes / 1_000_000) });
  }
  const said = await ledger.findDamage();
  return said === undefined ? finding('ledger_sound', {}) : finding('ledger_damaged', { said });
}

async function checkRights(ledger: LedgerInspection): Promise<SetUpFinding> {
  await ledger.tryWrite();
  return finding('ledger_writable', {});
}

async function checkLedgerClock(ledger: LedgerInspection, clock: Clock): Promise<SetUpFinding> {
  if (ledger.engine === 'SQLite') return finding('ledger_same_clock', {});
  const before = clock.now() / 1_000;
  const there = (await ledger.readClock()) / 1_000;
  return checkClock({ there, before, after: clock.now() / 1_000 });
}

import { openPortal, type PortalAccess } from '../../app/open-portal.ts';
import { checkImport } from '../../check/check-import.ts';
import type { CheckProgress } from '../../check/check-options.ts';
import type { Config } from '../../config/config.ts';
import { requireWebhook } from '../../config/read-config.ts';
import { Problem } from '../../domain/errors/problem.ts';
import type { Import } from '../../domain/imports/import.ts';
import { countByOutcome } from '../../domain/pairs/outcome.ts';
import { type FormatOptions, givenFormat } from '../../files/csv/given-format.ts';
import { describeRemembered } from '../../ingest/describe-remembered.ts';
import { ingest } from '../../ingest/ingest.ts';
import { keepSource } from '../../ingest/kept-source.ts';
import { checkPortal } from '../../invite/preflight.ts';
import { findLedger } from '../../ledger/db/find-ledger.ts';
import type { Db } from '../../ledger/db/schema.ts';
import { findSwitchedOff } from '../../ledger/tallies/last-import.ts';
import { openDirectory } from '../../portal/directory/open-directory.ts';
import { createLog } from '../../telemetry/log.ts';
import { requireImport } from '../imports/find-import.ts';
import { requireWritable } from '../require-access.ts';
import { portalLines } from '../run/describe-portal.ts';
import { listenForInterrupt } from '../run/interruption.ts';
import { ReadingLine } from '../run/progress.ts';
import { readRemembered, rememberedLines } from '../run/remembered-lines.ts';
import { findSourceFile, type SourceFile } from '../run/source-file.ts';
import { pour } from '../terminal/pipe-to-stdout.ts';
import { printTo, type Streams, type Terminal } from '../terminal/terminal.ts';
import { type Findings, readFindings } from './check-findings.ts';
import { checkJson } from './check-json.ts';
import { type CheckLedger, openCheckLedger } from './check-ledger.ts';
import { defaultRejectsPath, writeRejects } from './check-rejects.ts';
import { checkReport } from './check-report.ts';

export interface CheckCommandOptions extends FormatOptions {
  message?: string;
  json?: boolean;
  rejects?: string;
  /** `false`: do not use what was chosen for the same header before. */
  remembered?: boolean;
  force?: boolean;
}

/**
 * Reports what would happen to a file. Sends nothing to anyone and leaves no import behind.
 *
 * @returns the exit code: 0 all rows can be invited or need no invitation, 2 some cannot, 130
 * interrupted
 * @throws Problem when it could not run
 */
export async function check(
  config: Config,
  file: string,
  options: CheckCommandOptions,
  terminal: Terminal,
): Promise<number> {
  const { stdout, stderr } = terminal;
  const webhook = requireWebhook(config);
  const source = findSourceFile(file, config, terminal);
  if (options.rejects !== undefined)
    requireWritable(options.rejects, '--rejects', { input: file, force: options.force });
  const log = createLog(config, { quiet: true, to: stderr });
  await using portal = await openPortal({ config, webhook, log, redis: 'share' });
  const { profile, warnings } = await checkPortal(portal.client);
  for (const warning of [...portal.warnings, ...warnings]) printTo(stderr)(`warning: ${warning}`);

  await using earlier = await findKnown(config, stderr);
  await using ledger = await openCheckLedger(config.dataDir);
  const known = options.remembered === false ? undefined : earlier;
  const parent = await readFile({ ledger, config, portal, known }, source, options, stderr);
  if ((await queryPortal(ledger, portal, config, parent.id, stderr)) === 'interrupted') return 130;

  const switchedOffAfter =
    earlier === undefined ? null : await findSwitchedOff(earlier, parent.portal);
  const findings = await readFindings(ledger.db, parent.id, switchedOffAfter);
  const path = options.rejects ?? defaultRejectsPath(config, source.name);
  const isWanted = options.rejects !== undefined || countByOutcome(findings.tallies).rejected > 0;
  const csv = isWanted ? await writeRejects(ledger, parent, path) : null;
  const limits = await portal.client.budget.readLimits();
  const portalFound = { profile, limits };
  const remembered = await readRemembered(ledger.db, parent.id);
  if (options.json) {
    await pour(checkJson(ledger.db, findings, parent, csv, remembered, portalFound), stdout);
  } else {
    const lines = portalLines(portalFound);
    printTo(stdout)(
      `${lines.join('\n')}\n\n${checkReport(findings, parent, csv, rememberedLines(remembered))}`,
    );
  }
  return exitCode(findings);
}

interface ReadingParts {
  ledger: CheckLedger;
  config: Config;
  portal: PortalAccess;
  /** Where choices are remembered. */
  known: Db | undefined;
}

async function readFile(
  { ledger: { db, folder }, config, portal: { client }, known }: ReadingParts,
  file: SourceFile,
  options: CheckCommandOptions,
  stderr: Streams['stderr'],
): Promise<Import> {
  const { concurrency, maxUploadBytes: maxBytes, message: usual, pairLimits } = config;
  const kept = await keepSource(file.read(), { dataDir: folder, fileName: file.name, maxBytes });
  const settings = { portal: client.webhook.portal, message: options.message ?? usual ?? null };
  const source = await describeRemembered(known, kept, givenFormat(options), settings);
  const reading = new ReadingLine(stderr);
  try {
    const id = await ingest(db, source, kept.content(source.format), {
      concurrency,
      pairLimits,
      directory: openDirectory(client),
      onProgress: (progress) => reading.show(progress),
    });
    return await requireImport(db, String(id));
  } finally {
    reading.end();
  }
}

/** @returns the ledger, with earlier imports and remembered choices; undefined, with a warning, when it cannot be opened */
async function findKnown(config: Config, stderr: Streams['stderr']): Promise<Db | undefined> {
  try {
    return await findLedger(config);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    printTo(stderr)(
      `warning: earlier imports and remembered choices are not used: ${error.message}`,
    );
    return undefined;
  }
}

async function queryPortal(
  { db }: CheckLedger,
  { client, lost }: PortalAccess,
  { quietHours }: Config,
  importId: number,
  stderr: Streams['stderr'],
): Promise<'asked' | 'interrupted'> {
  using interrupt = listenForInterrupt(() => stderr.write('\nStopping.\n'));
  const line = new ReadingLine(stderr);
  const done = { people: 0, groups: 0 };
  const onProgress = (progress: CheckProgress) => {
    done[progress.what] = progress.done;
    const [people, groups] = [done.people, done.groups].map((count) => count.toLocaleString('en'));
    line.showText(`querying the portal: ${people} people, ${groups} groups`);
  };
  const onWait = (why: string) => {
    line.end();
    printTo(stderr)(why);
  };
  const signal = AbortSignal.any([interrupt.signal, lost]);
  try {
    await checkImport({ db, client, quietHours }, importId, { signal, onProgress, onWait });
    return 'asked';
  } catch (error) {
    if (interrupt.signal.aborted) return 'interrupted';
    throw error;
  } finally {
    line.end();
  }
}

/** @returns 0 when no row would fail, as far as is known, else 2; people that the webhook cannot see may not exist */
const exitCode = ({ tallies, groups }: Findings): 0 | 2 =>
  countByOutcome(tallies).rejected + groups.failing + groups.unseen > 0 ? 2 : 0;

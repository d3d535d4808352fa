import { trustAuthorities } from '../../config/authorities.ts';
import { networkSettings } from '../../config/network-settings.ts';
import { readConfig } from '../../config/read-config.ts';
import {
  type CheckResult,
  countStatuses,
  type Report,
  titleOf,
} from '../../doctor/doctor-report.ts';
import { readSettings } from '../../doctor/doctor-settings.ts';
import { checkSetUp } from '../../doctor/run-doctor.ts';
import type { GroupId } from '../../domain/pairs/ids.ts';
import type { Terminal } from '../terminal/terminal.ts';

export interface DoctorOptions {
  json?: boolean;
  group?: GroupId;
}

/** A larger ledger is not searched for damage, in bytes; reading this much takes a few seconds. */
const SEARCH_BYTES = 4_000_000_000;

/**
 * Checks the set-up and prints what to do. The output contains no secrets.
 *
 * @param dotenv file of settings that the environment overrides
 * @returns the exit code: 0 when nothing failed, else 1
 */
export async function doctor(
  { json = false, group }: DoctorOptions,
  { env, stdout }: Pick<Terminal, 'env' | 'stdout'>,
  dotenv = '.env',
): Promise<number> {
  const settings = readSettings((without) => readConfig(env, dotenv, without));
  trustAuthorities(settings.config?.authorities ?? []);
  const report = await checkSetUp({
    settings,
    network: networkSettings(env),
    groupId: group,
    searchBytes: SEARCH_BYTES,
  });
  stdout.write(json ? `${JSON.stringify(report)}\n` : describeReport(report));
  return report.sound ? 0 : 1;
}

/** @returns the report as text, one line per check */
export function describeReport({ version, node, platform, results }: Report): string {
  const width = Math.max(...results.map(({ check }) => titleOf(check).length));
  const lines = results.flatMap((result) => describeResult(result, width));
  const head = `Bulk Invite ${version}, Node.js ${node}, ${platform}`;
  return `${[head, '', ...lines, '', `${countStatuses(results)}.`].join('\n')}\n`;
}

function describeResult({ check, status, found, remedy }: CheckResult, width: number): string[] {
  const title = titleOf(check).padEnd(width);
  const first = `${status.padEnd(STATUS_WIDTH)}  ${title}  ${found}`;
  if (remedy === null) return [first];
  const indent = ' '.repeat(STATUS_WIDTH + width + 4);
  return [first, `${indent}→ ${remedy.replaceAll('\n', `\n${indent}  `)}`];
}

const STATUS_WIDTH = 'warning'.length;

import type { NetworkSettings } from '../config/network-settings.ts';
import type { GroupId } from '../domain/pairs/ids.ts';
import { type Clock, SYSTEM_CLOCK } from '../domain/time/clock.ts';
import type { Db } from '../ledger/db/schema.ts';
import { VERSION } from '../platform/version.ts';
import { isSound, type Report } from './doctor-report.ts';
import type { SettingsRead } from './doctor-settings.ts';
import { Examination } from './examination.ts';
import { examineLedger } from './examine-ledger.ts';
import { examineMachine } from './examine-machine.ts';
import { examinePortal } from './examine-portal.ts';
import { examineRedis } from './examine-redis.ts';
import { homeFolder } from './home-folder.ts';
import { redactor } from './redact.ts';

export interface SetUp {
  readonly settings: SettingsRead;
  readonly network: NetworkSettings;
  /** The group to check the caller's rights in. @default none */
  readonly groupId?: GroupId | undefined;
  /** The ledger of this process, if it is the running program. @default it is opened */
  readonly running?: { readonly db: Db };
  /** Larger files of the ledger, in bytes, are not searched for damage: it blocks the process. */
  readonly searchBytes: number;
  /** @default SYSTEM_CLOCK */
  readonly clock?: Clock;
}

/**
 * Checks all that the program needs, and changes none of it. Failed checks stop only those that depend
 * on them. The portal gets one request, which takes its place in the budget where there is a Redis.
 *
 * @returns what was found, without any secret
 */
export async function checkSetUp(setUp: SetUp): Promise<Report> {
  const { settings, network, groupId, running, searchBytes, clock = SYSTEM_CLOCK } = setUp;
  const examination = new Examination(redactor(settings.config, homeFolder()));
  await examineMachine(examination, settings, network);
  await examineLedger(examination, settings, { open: running?.db, searchBytes, clock });
  await using stack = new AsyncDisposableStack();
  const redis = stack.use(
    await examineRedis(examination, settings, running ? 'join' : 'share', clock),
  );
  await examinePortal(examination, settings, { redis, network, groupId, clock });
  const { results } = examination;
  return {
    ...{ version: VERSION, node: process.versions.node },
    platform: `${process.platform} ${process.arch}`,
    checkedAt: new Date(clock.now()).toISOString(),
    ...{ sound: isSound(results), results },
  };
}

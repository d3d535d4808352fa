import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { readNetworkSettings } from '../../config/read-config.ts';
import type { Report } from '../../doctor/doctor-report.ts';
import { soundSettings } from '../../doctor/doctor-settings.ts';
import { checkSetUp } from '../../doctor/run-doctor.ts';
import { type GroupId, groupId } from '../../domain/pairs/ids.ts';
import { oneAtATime } from '../http/one-at-a-time.ts';
import { DoctorReport, SetUpQuestion } from '../schemas/doctor-schema.ts';
import type { ServerContext } from '../server-context.ts';
import { answers } from './answers.ts';

/** Larger ledgers, in bytes, are not searched: that would block longer than a tenth of a second. */
const SEARCH_BYTES = 50_000_000;

/** Checks the set-up of the program, one check at a time, because it sends requests to the portal. */
export const doctorRoutes =
  ({ app: { db }, config }: Pick<ServerContext, 'app' | 'config'>): FastifyPluginAsyncZod =>
  async (app) => {
    const settings = soundSettings(config);
    const check = oneAtATime((id: GroupId | undefined) =>
      checkSetUp({
        ...{ settings, network: readNetworkSettings(), groupId: id },
        ...{ running: { db }, searchBytes: SEARCH_BYTES },
      }),
    );
    app.post(
      '/api/doctor',
      { schema: { body: SetUpQuestion.nullish(), response: answers(DoctorReport) } },
      async ({ body }) => toView(await check(groupId(body?.group ?? 0))),
    );
  };

const toView = ({ results, ...report }: Report): DoctorReport => ({
  ...report,
  results: results.map((result) => ({ ...result, params: { ...result.params } })),
});

/**
 * The script that the documentation of the official SDK suggests: each pair is a call, and
 * `batchByChunk` sends 50 calls at a time, one batch after the other.
 */
import { readFileSync } from 'node:fs';
import { ApiVersion, B24Hook, ParamsFactory } from '@bitrix24/b24jssdk';
import { parse } from 'csv-parse/sync';
import type { Limits } from '../../../src/sandbox/sandbox-options.ts';
import { order, post } from './script.ts';

const { file, webhookUrl, limits } = order<{ file: string; webhookUrl: string; limits: Limits }>();
const b24 = B24Hook.fromWebhookUrl(webhookUrl.replace('http:', 'https:'), {
  restrictionParams: {
    ...ParamsFactory.getDefault(),
    rateLimit: {
      burstLimit: limits.burst,
      drainRate: limits.requestsPerSecond,
      adaptiveEnabled: true,
    },
    operatingLimit: {
      windowMs: limits.operatingWindowSeconds * 1_000,
      limitMs: limits.operatingLimitSeconds * 1_000,
      heavyPercent: 80,
    },
  },
});
b24.offClientSideWarning();
// The SDK supports only https, the sandbox only http.
b24.getHttpClient(ApiVersion.v2).ajaxClient.interceptors.request.use((request) => {
  if (request.url !== undefined) request.url = request.url.replace('https:', 'http:');
  return request;
});

const rows: Record<string, string>[] = parse(readFileSync(file), { columns: true });
const calls = rows.map((row): [string, Record<string, unknown>] => [
  'sonet_group.user.invite',
  { GROUP_ID: row.group_id, USER_ID: row.user_id },
]);
post('started');
const startedAt = performance.now();
try {
  const response = await b24.actions.v2.batchByChunk.make({
    calls,
    options: { isHaltOnError: false },
  });
  const errors = response.isSuccess ? [] : response.getErrorMessages();
  post({ seconds: (performance.now() - startedAt) / 1_000, errors: [...new Set(errors)] });
} catch (error) {
  post({ seconds: (performance.now() - startedAt) / 1_000, errors: [String(error)] });
}
b24.destroy();

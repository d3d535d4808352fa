import { problem } from '../messages/problems.ts';
import type { Tracing } from './config.ts';

/** Tracing is on when an endpoint is set. */
export function readTracing(
  environment: Readonly<Record<string, string | undefined>>,
): Tracing | undefined {
  const endpoint =
    environment.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT || environment.OTEL_EXPORTER_OTLP_ENDPOINT;
  const off =
    environment.OTEL_SDK_DISABLED?.toLowerCase() === 'true' ||
    environment.OTEL_TRACES_EXPORTER === 'none';
  if (!endpoint || off) return undefined;
  const { OTEL_TRACES_SAMPLER: sampler = '', OTEL_TRACES_SAMPLER_ARG: given } = environment;
  if (sampler.endsWith('always_off')) return undefined;
  const ratio = sampler.endsWith('traceidratio') ? Number(given || 1) : 1;
  if (ratio >= 0 && ratio <= 1) return { ratio };
  throw problem('sampler_wrong', {});
}

import type { Telemetry } from 'bullmq';
import type { Tracing } from '../config/config.ts';
import { VERSION } from '../platform/version.ts';

/** Sends spans of the queue's jobs to a collector until it is disposed of. */
export interface RunningTracing extends AsyncDisposable {
  readonly telemetry: Telemetry;
}

/** Longest time for the last spans when the program ends, in milliseconds. */
const CLOSE_TIMEOUT_MS = 3_000;

/**
 * Starts tracing. OpenTelemetry's modules are loaded here only, so that they cost nothing without tracing.
 * OpenTelemetry reads the collector's address and options from the `OTEL_…` variables itself.
 */
export async function startTracing({ ratio }: Tracing): Promise<RunningTracing> {
  const [api, sdk, otlp, resources, hooks, core, bullmq] = await Promise.all([
    import('@opentelemetry/api'),
    import('@opentelemetry/sdk-trace'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/resources'),
    import('@opentelemetry/context-async-hooks'),
    import('@opentelemetry/core'),
    import('bullmq-otel'),
  ]);
  const own = { 'service.name': 'bulk-invite', 'service.version': VERSION };
  const exporter = new otlp.OTLPTraceExporter();
  const provider = new sdk.TracerProvider({
    resource: resources
      .resourceFromAttributes(own)
      .merge(resources.detectResources({ detectors: [resources.envDetector] })),
    sampler: new sdk.ParentBasedSampler({ root: new sdk.TraceIdRatioBasedSampler(ratio) }),
    spanProcessors: [
      new sdk.BatchSpanProcessor({ exporter, exportTimeoutMillis: CLOSE_TIMEOUT_MS }),
    ],
  });
  const context = new hooks.AsyncLocalStorageContextManager().enable();
  api.context.setGlobalContextManager(context);
  api.propagation.setGlobalPropagator(new core.W3CTraceContextPropagator());
  api.trace.setGlobalTracerProvider(provider);
  return {
    telemetry: new bullmq.BullMQOtel({ tracerName: 'bulk-invite', version: VERSION }),
    async [Symbol.asyncDispose]() {
      // An unreachable collector must not prevent the end of the program.
      await provider.shutdown().catch(() => {});
      for (const part of [api.trace, api.propagation, api.context]) part.disable();
    },
  };
}

import type { Telemetry } from 'bullmq';
import type { Tracing } from '../config/config.ts';
import { VERSION } from '../platform/version.ts';

/** Spans of what goes through the queue, on their way to a collector until it is disposed of. */
export interface RunningTracing extends AsyncDisposable {
  readonly telemetry: Telemetry;
}

/** How long what is left may take when the program ends. */
const CLOSE_TIMEOUT_MS = 3_000;

/**
 * Begins to trace. What OpenTelemetry needs is loaded here and nowhere else, so that whoever does not
 * trace does not pay for it; where the collector is and how to reach it, it reads from `OTEL_…` itself.
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
      // A collector that is down keeps nobody from ending.
      await provider.shutdown().catch(() => {});
      for (const part of [api.trace, api.propagation, api.context]) part.disable();
    },
  };
}

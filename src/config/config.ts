import type { PairLimits } from '../domain/pairs/pair-limits.ts';
import type { Secret } from '../domain/text/secret.ts';
import type { Token } from '../domain/text/token.ts';
import type { QuietHours } from '../domain/time/quiet-hours.ts';
import type { Proxies } from '../platform/network/proxies.ts';
import type { Webhook } from '../portal/http/webhook.ts';
import type { LOG_LEVELS } from './settings-schema.ts';

/** Settings from OpenTelemetry's own variables; OpenTelemetry reads the other variables itself. */
export interface Tracing {
  /** Share of traces that are kept, 0 to 1. */
  ratio: number;
}

/** Every setting of the program, validated and frozen; secrets are masked in output. */
export interface Config {
  readonly webhook: Webhook | undefined;
  /**
   * The portal's leaky bucket: how many requests leak out per second, and how deep it is. Undefined: the
   * portal's plan decides.
   */
  readonly requestsPerSecond: number | undefined;
  readonly burst: number | undefined;
  /** Server seconds that a method may use within the window, as before, and the window's length. */
  readonly operatingLimitSeconds: number | undefined;
  readonly operatingWindowSeconds: number;
  readonly requestTimeoutMs: number;
  /** Requests in flight at once, all workers together. */
  readonly concurrency: number;
  /** Number of attempts, failed because of the portal, after which a pair fails. */
  readonly maxAttempts: number;
  /** For how many days a person who was reminded is not reminded again. */
  readonly remindEveryDays: number;
  /** The times at which no invitation leaves; undefined: none. */
  readonly quietHours: QuietHours | undefined;
  /** The most bytes that a file may have. */
  readonly maxUploadBytes: number;
  /** How many pairs a file may name. */
  readonly pairLimits: PairLimits;
  /** Default invitation text. */
  readonly message: string | undefined;
  readonly dataDir: string;
  /** Can contain a password. Undefined: a file under `dataDir`. */
  readonly ledgerUrl: string | undefined;
  /** Undefined: a private Redis under `dataDir`. */
  readonly redisUrl: string | undefined;
  /** Where the server listens; port 0 takes a free one. */
  readonly host: string;
  readonly port: number;
  /** The path of the page and the API on their host, such as `/bulk-invite`; empty: the root. */
  readonly basePath: string;
  /** The proxies that may state a request's origin, and whether it used TLS. */
  readonly trustProxy: readonly string[] | undefined;
  /** Whether browsers that used TLS must use it for subdomains of the server's host as well (HSTS). */
  readonly hstsSubdomains: boolean;
  /** Port for a worker's health and metrics; undefined: none. */
  readonly metricsPort: number | undefined;
  /** The token for full access, and the one for read access. */
  readonly adminToken: Token | undefined;
  readonly viewerToken: Token | undefined;
  /** Where notices are sent; undefined: nowhere. The address can contain a password. */
  readonly notifyUrl: Secret | undefined;
  /** The key that signs notices. */
  readonly notifySecret: Secret | undefined;
  /** Undefined: no tracing, and none of its modules are loaded. */
  readonly tracing: Tracing | undefined;
  /** The proxies for requests to the portal and to `notifyUrl`. */
  readonly proxies: Proxies;
  /** Certificates of additional authorities from `.env`, in PEM; see `trustAuthorities`. */
  readonly authorities: readonly string[];
  /** The file in `.env` for them, even if the environment names one and this one is not used. */
  readonly authoritiesFile: string | undefined;
  readonly logLevel: (typeof LOG_LEVELS)[number];
  /** Whether the log level is set, and not the default. */
  readonly logLevelGiven: boolean;
  /** Warnings for the user about how the settings were read. */
  readonly warnings: readonly string[];
}

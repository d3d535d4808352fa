/** What happened on the portal since it started. */
export interface Counters {
  /** HTTP requests to the REST API, refused ones included. */
  requests: number;
  /** Requests in progress now. */
  inFlight: number;
  /** The most that ever were in progress. */
  maxConcurrent: number;
  /** Answers with `QUERY_LIMIT_EXCEEDED`, whether by the bucket or by a fault. */
  rateLimitErrors: number;
  /** Calls and commands refused with `OPERATION_TIME_LIMIT`, whether by time or by a fault. */
  operatingErrors: number;
  /** Requests with wrong credentials. */
  authErrors: number;
  /** Requests that ran into the request limit. */
  cutRequests: number;
  /** Calls by method, commands of a batch included, refused ones not. */
  calls: Record<string, number>;
  /** Faults that struck, by kind. */
  faults: Record<string, number>;
  /** Errors of the sandbox itself; there should be none. */
  failures: string[];
}

/** @returns counters at zero. */
export function emptyCounters(): Counters {
  return {
    requests: 0,
    inFlight: 0,
    maxConcurrent: 0,
    rateLimitErrors: 0,
    operatingErrors: 0,
    authErrors: 0,
    cutRequests: 0,
    calls: {},
    faults: {},
    failures: [],
  };
}

/** Adds one to the count of this name. */
export function countOne(counts: Record<string, number>, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1;
}

import type { Call } from '../http/batch.ts';
import { readPhpDate } from '../http/json.ts';

/** Reads the portal's clock ("Get Current Server Time"); needs no scope. */
export const SERVER_TIME_CALL: Call = { method: 'server.time', parameters: {} };

/** @returns Unix seconds; undefined when the answer is something else */
export const readServerTime = (result: unknown): number | undefined => readPhpDate(result);

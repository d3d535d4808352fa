import type { Call } from '../http/batch.ts';
import { isRecord, isTrue } from '../http/json.ts';

/** Reports whether the portal has a method and the webhook may call it; every webhook may use it. */
export const METHOD_GET = 'method.get';

/** Checks a method ("Get Method Availability Information"). */
export const availabilityCall = (name: string): Call => ({
  method: METHOD_GET,
  parameters: { name },
});

/** @returns whether the method can be called; undefined when the answer is something else */
export const readAvailability = (result: unknown): boolean | undefined =>
  isRecord(result) && 'isExisting' in result
    ? isTrue(result.isExisting) && isTrue(result.isAvailable)
    : undefined;

import { z } from 'zod';

/** A time in ISO 8601, in UTC. */
export const Time = z.iso.datetime().meta({ examples: ['2026-11-24T12:00:00.000Z'] });

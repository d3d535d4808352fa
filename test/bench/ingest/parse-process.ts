/** Reads a CSV with csv-parse alone, through the stream API as its documentation shows. */
import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';
import { order, post } from '../runs/script.ts';

const { file } = order<{ file: string }>();
const startedAt = performance.now();
let rows = 0;
for await (const _record of createReadStream(file).pipe(parse({ columns: true }))) rows += 1;
const seconds = (performance.now() - startedAt) / 1_000;
post({ rows, seconds, peakBytes: process.resourceUsage().maxRSS * 1_024 });

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Problem } from '../../src/domain/errors/problem.ts';
import type { GivenFormat } from '../../src/files/csv/detect-format.ts';
import { combinations, type IngestEntry, resolveNames } from '../../src/ingest/entries.ts';
import { readWorkbook } from '../support/workbooks/read-workbook.ts';
import { directory } from './portal-directory.ts';
import { rowsOf } from './source.ts';

const FOLDER = new URL('../../fixtures/cases/', import.meta.url);
const Pairs = z.array(z.tuple([z.number(), z.number()]));
const CASES = z
  .array(
    z.object({
      id: z.string(),
      file: z.string(),
      pairs: Pairs,
      better: Pairs.nullable(),
      refusalOk: z.boolean(),
      rejectedRows: z.number().nullable(),
      mustNot: z.array(z.union([z.string(), z.tuple([z.number(), z.number()])])),
      messages: z.record(z.string(), z.string().nullable()),
    }),
  )
  .parse(JSON.parse(readFileSync(new URL('expected.json', FOLDER), 'utf8')));

interface Read {
  /** Invitation texts by `group/user`. */
  pairs: Map<string, string | undefined>;
  rejects: IngestEntry[];
}

async function read(file: string, given?: GivenFormat): Promise<Read | Problem> {
  try {
    const bytes = readFileSync(new URL(file, FOLDER));
    const { rows } = file.endsWith('.xlsx')
      ? await readWorkbook(bytes, given)
      : { rows: await rowsOf(bytes, given === undefined ? {} : { given }) };
    const names = await resolveNames(rows, directory);
    const entries = rows.flatMap((row) =>
      row.kind === 'list' ? [...combinations(row, names)] : [row],
    );
    return {
      pairs: new Map(
        entries.flatMap((entry) =>
          entry.kind === 'pair' ? [[`${entry.groupId}/${entry.userId}`, entry.message]] : [],
        ),
      ),
      rejects: entries.filter(({ kind }) => kind === 'reject'),
    };
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
}

describe('files after public bug reports', () => {
  it.each(CASES)('$id: $file invites nobody else, and sends no other text', async (it) => {
    const found = await read(it.file);
    if (found instanceof Problem) {
      expect(it.refusalOk, found.message).toBe(true);
      return;
    }
    const { pairs, rejects } = found;
    const wanted = [...it.pairs, ...(it.better ?? [])].map((pair) => pair.join('/'));
    for (const pair of it.pairs) expect([...pairs.keys()]).toContain(pair.join('/'));
    const isForbidden = ([pair]: [string, unknown]) =>
      it.mustNot.some((one) => Array.isArray(one) && one.join('/') === pair);
    expect([...pairs].filter(isForbidden)).toEqual([]);
    // (23,12) of F21 is in neither list: its note allows it.
    const unexpected = [...pairs.keys()].filter((pair) => !wanted.includes(pair));
    expect(unexpected).toEqual(it.id === 'F21' ? ['23/12'] : []);
    for (const [pair, text] of Object.entries(it.messages)) {
      expect([pair, pairs.get(pair)]).toEqual([pair, text ?? undefined]);
    }
    if (it.rejectedRows !== null) expect(rejects.length).toBeLessThanOrEqual(it.rejectedRows);
  });
});

import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OUTCOMES } from '../../../src/domain/pairs/outcome.ts';
import type { ResultRecord } from '../../../src/domain/pairs/result-record.ts';
import { verbatim } from '../../../src/domain/text/coded-text.ts';
import { escapeFormulas } from '../../../src/files/csv/formulas.ts';
import { resultsCsv } from '../../../src/files/results/results-csv.ts';
import { describeDetails } from '../../../src/messages/row-details.ts';
import { anyCharacter } from '../../support/any-text.ts';
import { all } from '../source.ts';

const RECORD: ResultRecord = {
  line: 2,
  groupId: '15',
  userId: '3',
  outcome: 'invited',
  reason: 'returned',
  details: [],
  attempts: 1,
  settledAt: new Date('2025-03-04T05:06:07.089Z'),
};

async function* stream(records: Iterable<ResultRecord>) {
  yield* records;
}

const chunksOf = (records: Iterable<ResultRecord>) => all(resultsCsv(stream(records)));

const csvOf = async (...records: ResultRecord[]) => (await chunksOf(records)).join('');

describe('resultsCsv', () => {
  it('writes BOM, header, CRLF and times in UTC', async () => {
    const rejected = {
      ...RECORD,
      line: 3,
      groupId: 'a "b", c',
      details: [verbatim('x\ny')],
      settledAt: null,
    };
    const named = { ...RECORD, userName: 'Anna', groupName: 'Sales' };
    expect(await csvOf(named, rejected)).toBe(
      '\ufeffline,group_id,user_id,outcome,reason,detail,attempts,settled_at,user_name,group_name\r\n' +
        '2,15,3,invited,returned,,1,2025-03-04T05:06:07.089Z,Anna,Sales\r\n' +
        '3,"a ""b"", c",3,invited,returned,"x\ny",1,,,\r\n',
    );
  });

  it('writes the header without records', async () => {
    expect(await csvOf()).toMatch(/^\ufeffline,.*,settled_at,user_name,group_name\r\n$/);
  });

  it.each(['=1+1', '+1', '-3', '@SUM(A1)', '\tx', '\rx', '＝1', '＋1', '－1', '＠A'])(
    'quotes the cell %j',
    async (cell) => {
      const csv = await csvOf({
        ...RECORD,
        groupId: cell,
        userId: cell,
        details: [verbatim(cell)],
      });
      const [, record] = parse(csv, { bom: true, record_delimiter: '\r\n' });
      const safe = `'${cell}`;
      expect(record).toEqual([
        '2',
        safe,
        safe,
        'invited',
        'returned',
        safe,
        '1',
        expect.any(String),
        '',
        '',
      ]);
    },
  );

  it('is read back as it was written', async () => {
    const text = fc.string({ unit: anyCharacter });
    const records = fc.array(
      fc.record({
        line: fc.integer({ min: 1 }),
        groupId: text,
        userId: text,
        outcome: fc.constantFrom(...OUTCOMES),
        reason: fc.option(fc.constantFrom('returned', 'of_line_2')),
        details: fc.array(text.map(verbatim), { maxLength: 1 }),
        attempts: fc.option(fc.nat()),
        settledAt: fc.option(
          fc.date({
            min: new Date('2000-01-01'),
            max: new Date('2100-01-01'),
            noInvalidDate: true,
          }),
        ),
      }),
    );
    const asRead = (cell: string | null) => escapeFormulas(cell ?? '');
    await fc.assert(
      fc.asyncProperty(records, async (written) => {
        const [, ...read] = parse(await csvOf(...written), { bom: true, record_delimiter: '\r\n' });
        expect(read).toEqual(
          written.map((record) => [
            String(record.line),
            asRead(record.groupId),
            asRead(record.userId),
            record.outcome,
            record.reason ?? '',
            asRead(describeDetails(record.details)),
            String(record.attempts ?? ''),
            record.settledAt?.toISOString() ?? '',
            '',
            '',
          ]),
        );
      }),
    );
  });

  it('reads no further than the chunk that it yields', async () => {
    let read = 0;
    async function* counted() {
      for (; read < 10_000; read++) yield RECORD;
    }
    const csv = resultsCsv(counted());
    await csv.next();
    expect(read).toBeLessThan(1000);
    await csv.return();
  });

  it.each([499, 500, 501, 1000])('loses none of %i records', async (count) => {
    const chunks = await chunksOf(Array.from({ length: count }, () => RECORD));
    expect(chunks.join('').split('\r\n')).toHaveLength(count + 2);
    expect(chunks.every((chunk) => chunk !== '')).toBe(true);
  });
});

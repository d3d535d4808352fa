import { expect, test } from 'vitest';
import type { GroupId, UserId } from '../../src/domain/pairs/ids.ts';
import type { IngestEntry } from '../../src/ingest/entries.ts';
import { EntryStore } from '../../src/ingest/entry-store.ts';
import { createImport } from '../../src/ledger/imports/import-store.ts';
import { acquireIngestLease } from '../../src/ledger/imports/ingest-lease.ts';
import { rowDetail } from '../../src/messages/row-details.ts';
import { SOURCE } from '../ledger/sample-pairs.ts';
import { openTestLedger } from '../support/ledger/test-ledger.ts';

const pair = (line: number, message: string): IngestEntry => ({
  ...{ kind: 'pair', line, message, groupId: 1 as GroupId, userId: line as UserId },
});

const reject = (line: number, detail: string): IngestEntry => ({
  ...{
    kind: 'reject',
    line,
    reason: 'bad_row',
    details: [rowDetail('verbatim', { text: detail })],
    groupCell: '',
    userCell: '',
  },
});

/** @returns how many entries fit before it is time to store them */
async function place(entry: (line: number) => IngestEntry): Promise<number> {
  await using ledger = await openTestLedger();
  const lease = await acquireIngestLease(ledger.db, await createImport(ledger.db, SOURCE));
  if (lease === undefined) throw new Error('somebody else reads it');
  using store = new EntryStore(ledger.db, lease);
  for (let line = 1; ; line++) if (store.add(entry(line))) return line;
}

test('entries are stored before their texts fill the memory', async () => {
  const text = 'x'.repeat(19_990);
  expect(await place((line) => pair(line, `${text}${line}`))).toBeLessThanOrEqual(210);
  expect(await place((line) => reject(line, `${text}${line}`))).toBeLessThanOrEqual(210);
  expect(await place((line) => pair(line, `Hello ${line}`))).toBe(10_000);
  expect(await place((line) => pair(line, text))).toBe(10_000);
});

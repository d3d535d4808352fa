import { expect, test } from 'vitest';
import { sizeOfTable } from '../../../src/dashboard/features/upload/pasted-table.ts';
import { problem } from '../../../src/messages/problems.ts';
import { HttpProblem } from '../../../src/server/http/http-problem.ts';
import { FakeApi } from '../fake-api/fake-api.ts';
import { anImport } from '../fake-api/import-data.ts';
import { AXE, findings } from '../views.ts';

test.each([
  ['', 0, 0],
  [' \n\t\n', 0, 0],
  ['group\tuser\n15\t3\n\n16\t4', 3, 2],
  ['group\tuser\ttext\r\n15\t3\t"a\n\nb ""c"""\r\n16\t4\td\r\n', 3, 3],
  ['5" pipe\tx\ny\tz', 2, 2],
  ['one\ntwo', 2, 1],
])('a table %j has %i rows and %i columns', (text, rows, columns) => {
  expect(sizeOfTable(text)).toEqual({ rows, columns });
});

test('a table is pasted by keyboard, stays after a refusal, and is uploaded', async () => {
  await using api = await FakeApi.start();
  const uploads: string[] = [];
  api.answer('POST /api/imports', ({ body }) => {
    uploads.push(body.file);
    if (uploads.length > 1) {
      api.data.put(anImport({ id: 7 }));
      return api.data.get(7);
    }
    const missing = { group: 1, user: 0, found: '“x”, “user”' } as const;
    throw new HttpProblem(
      'unreadable_file',
      problem('column_missing', { file: 'pasted table.tsv', line: 1, ...missing }),
    );
  });
  const page = await api.open('/new');
  const cells = page.getByLabel('Cells of the table');
  await cells.fill('x\tuser\n15\t3\n');
  await page.getByRole('status').getByText('2 rows, 2 columns').waitFor();
  await page.evaluate(AXE);
  expect(await findings(page)).toEqual([]);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').getByText('the group column cannot be recognized').waitFor();
  expect(await cells.inputValue()).toBe('x\tuser\n15\t3\n');

  await page.getByRole('link', { name: 'Imports' }).first().click();
  await page.getByRole('link', { name: 'New import' }).first().click();
  expect(await cells.inputValue()).toBe('x\tuser\n15\t3\n');
  await cells.fill('group\tuser\n15\t3\n');
  await page.getByRole('button', { name: 'Read the table' }).click();
  await page.waitForURL('**/imports/7');
  await page.getByRole('link', { name: 'Imports' }).first().click();
  await page.getByRole('link', { name: 'New import' }).first().click();
  expect(await cells.inputValue()).toBe('');
});

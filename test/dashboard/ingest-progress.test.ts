import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { problem } from '../../src/messages/problems.ts';
import { HttpProblem } from '../../src/server/http/http-problem.ts';
import { FakeApi } from './fake-api/fake-api.ts';
import { aFormat, anImport, tally } from './fake-api/import-data.ts';
import { aReview } from './fake-api/review-data.ts';

const column = (number: number, name: string) => ({ number, name });

/** Selects a file on the page of a new import. */
const choose = (page: Page, name: string, csv: string) =>
  page
    .locator('input[type=file]')
    .setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(csv) });

describe('a file can be read with other settings', () => {
  test('with swapped columns', async () => {
    await using api = await FakeApi.start();
    const header = ['group', 'user', 'floor'];
    const [group, user] = [column(1, 'group'), column(2, 'user')];
    const format = aFormat({ header, columnCount: 3, columns: { group, user, message: null } });
    api.data.put(anImport({ format }));
    api.answer('POST /api/imports/:id/reread', () => {
      const columns = { group: user, user: group, message: null };
      const turned = anImport({ id: 2, format: { ...format, columns } });
      const firstRows = [{ line: 2, cells: ['15', '101', '2'] }];
      api.data.put(turned, { review: aReview(turned, { firstRows }) });
      return turned;
    });
    const page = await api.open('/imports/1');
    await page.getByRole('columnheader', { name: 'group Group' }).waitFor();
    await page.getByLabel('Group column').focus();
    await page.getByLabel('Group column').selectOption('user');
    await page.waitForURL('**/imports/2');
    await page.getByRole('columnheader', { name: 'user Group' }).waitFor();
    await page.getByRole('columnheader', { name: 'group User' }).waitFor();
    // The focus stays on the select.
    expect(await page.locator('select:focus').count()).toBe(1);
    expect(api.requests.find(({ name }) => name.endsWith('reread'))?.body).toMatchObject({
      ...{ groupColumn: '2', userColumn: '1' },
    });
  });

  test('with another encoding, when it was guessed wrong', async () => {
    await using api = await FakeApi.start();
    const format = aFormat({ encoding: 'windows-1252', encodingBy: 'guess', delimiter: ';' });
    api.data.put(anImport({ format }));
    api.answer('POST /api/imports/:id/reread', ({ body: { encoding } }) => {
      if (!encoding) throw new Error('The page sends no encoding.');
      api.data.put(anImport({ format: { ...format, encoding, encodingBy: 'given' } }));
      return api.data.get(1);
    });
    const page = await api.open('/imports/1');
    await page.getByText('Guessed. Check that the text below is readable.').waitFor();
    await page.getByLabel('Encoding').selectOption('windows-1251');
    await page.getByText('Guessed').waitFor({ state: 'detached' });
    expect(await page.getByLabel('Encoding').inputValue()).toBe('windows-1251');
    expect(await page.getByLabel('Delimiter').inputValue()).toBe(';');
  });

  test('with columns that the user names, when they cannot be detected', async () => {
    await using api = await FakeApi.start();
    api.answer('POST /api/imports', ({ body: { groupColumn, userColumn, file } }) => {
      if (groupColumn === undefined) {
        const params = {
          file: 'odd.csv',
          line: 1,
          found: 'куда, кого',
          group: 1,
          user: 1,
        } as const;
        throw new HttpProblem('unreadable_file', problem('column_missing', params));
      }
      expect([groupColumn, userColumn, file]).toEqual(['куда', '2', 'куда,кого\n15,103\n']);
      api.data.put(anImport({ id: 3, fileName: 'odd.csv' }));
      return api.data.get(3);
    });
    const page = await api.open('/new');
    await choose(page, 'odd.csv', 'куда,кого\n15,103\n');
    const form = page.getByRole('region', { name: 'How to read odd.csv' });
    await form.getByLabel('Group column').fill('куда');
    await form.getByLabel('User column').fill('2');
    await form.getByRole('button', { name: 'Read again' }).click();
    await page.waitForURL('**/imports/3');
    await page.getByRole('heading', { name: 'odd.csv' }).waitFor();
  });

  test('with the sheet that the user chooses, when no sheet names the columns', async () => {
    await using api = await FakeApi.start();
    api.answer('POST /api/imports', ({ body: { sheet } }) => {
      if (sheet === undefined) {
        const params = { file: 'team.xlsx', sheets: 'Notes\nTeam' };
        throw new HttpProblem('unreadable_file', problem('sheets_unknown', params));
      }
      const sheets = [
        { name: 'Old', isHidden: true },
        { name: String(sheet), isHidden: false },
      ];
      const workbook = { type: 'xlsx', sheet: String(sheet), sheetBy: 'given', sheets } as const;
      api.data.put(anImport({ id: 3, fileName: 'team.xlsx', format: aFormat({ workbook }) }));
      return api.data.get(3);
    });
    const page = await api.open('/new');
    await choose(page, 'team.xlsx', 'PK');
    const form = page.getByRole('region', { name: 'How to read team.xlsx' });
    await form.getByLabel('Sheet').selectOption('Team');
    await form.getByRole('button', { name: 'Read again' }).click();
    await page.waitForURL('**/imports/3');
    const read = page.getByLabel('Sheet');
    expect(await read.inputValue()).toBe('Team');
    expect(await read.getByRole('option').allTextContents()).toEqual(['Old (hidden)', 'Team']);
    expect(await page.getByLabel('Encoding').count()).toBe(0);
  });

  test('or is refused with an error in the language of the page', async () => {
    await using api = await FakeApi.start();
    api.answer('POST /api/imports', () => {
      throw new HttpProblem('unreadable_file', problem('file_empty', { file: 'empty.csv' }));
    });
    const page = await api.open('/new');
    await choose(page, 'empty.csv', '\n\n');
    await page.getByRole('alert').getByText('empty.csv is empty.').waitFor();
    // An empty file cannot be read with any settings.
    expect(await page.getByRole('region', { name: 'How to read' }).count()).toBe(0);
    await page.getByRole('combobox', { name: 'Language' }).selectOption('ru');
    await page.getByRole('alert').getByText('empty.csv пуст.').waitFor();
    await choose(page, 'nothing.csv', '');
    await page.getByRole('alert').getByText('Файл пуст.').waitFor();
    expect(await page.getByRole('alert').count()).toBe(1);
  });
});

test('a file without valid pairs can only be fixed, not started', async () => {
  await using api = await FakeApi.start();
  api.data.put(anImport({ tallies: [tally('rejected', 'bad_user_id', 2)] }));
  const page = await api.open('/imports/1');
  const nothing = page.getByRole('region', { name: 'Nothing to send' });
  await nothing.getByRole('button', { name: 'Discard import' }).waitFor();
  expect(await page.getByRole('button', { name: /^Start/ }).count()).toBe(0);
  expect(await page.getByLabel('Message to the people').count()).toBe(0);
  await page.getByRole('link', { name: 'Download all (CSV)' }).waitFor();
  await nothing.getByRole('link', { name: 'Upload the fixed file' }).click();
  await page.getByRole('heading', { name: 'New import' }).waitFor();
});

test('an upload shows its progress and can be stopped', async () => {
  await using stack = new AsyncDisposableStack();
  const folder = mkdtempSync(join(tmpdir(), 'bulk-invite-upload-'));
  stack.defer(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'long.csv');
  writeFileSync(path, '');
  // More than the system buffers for an unread connection.
  truncateSync(path, 60 * 1024 ** 2);
  const api = stack.use(await FakeApi.start());
  const held = api.hold('POST /api/imports');
  const page = await api.open('/new');
  await page.locator('input[type=file]').setInputFiles(path);
  await held.reached;
  await page.getByText(/^[\d.]+\s[kM]B of 60\sMB$/).waitFor();
  expect(await page.getByRole('progressbar').getAttribute('value')).not.toBe('0');
  await page.getByRole('button', { name: 'Cancel upload' }).click();
  await page.getByRole('button', { name: 'Choose a file' }).waitFor();
  expect(await page.getByRole('alert').count()).toBe(0);
});

import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { HttpProblem } from '../../src/server/http/http-problem.ts';
import { FakeApi } from './fake-api/fake-api.ts';
import { aFormat, anImport, tally } from './fake-api/import-data.ts';
import { aReview } from './fake-api/review-data.ts';

const column = (number: number, name: string) => ({ number, name });

/** Chooses a file on the page of a new import. */
const choose = (page: Page, name: string, csv: string) =>
  page
    .locator('input[type=file]')
    .setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(csv) });

describe('a file can be read in another way', () => {
  test('with columns that change places', async () => {
    await using api = await FakeApi.start();
    const header = ['group', 'user', 'room'];
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
    // Nobody loses their place.
    expect(await page.locator('select:focus').count()).toBe(1);
    expect(api.requests.find(({ name }) => name.endsWith('reread'))?.body).toMatchObject({
      ...{ groupColumn: '2', userColumn: '1' },
    });
  });

  test('with other letters, when they were guessed wrongly', async () => {
    await using api = await FakeApi.start();
    const format = aFormat({ encoding: 'windows-1252', encodingBy: 'guess', delimiter: ';' });
    api.data.put(anImport({ format }));
    api.answer('POST /api/imports/:id/reread', ({ body: { encoding } }) => {
      if (!encoding) throw new Error('The page says no encoding.');
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

  test('with columns that the person names, when they cannot be found', async () => {
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
        const coded = { code: 'column_missing', params } as const;
        throw new HttpProblem('unreadable_file', 'odd.csv has no such columns.', { coded });
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

  test('or is refused with what is wrong, in the language of its reader', async () => {
    await using api = await FakeApi.start();
    api.answer('POST /api/imports', () => {
      const coded = { code: 'file_empty', params: { file: 'empty.csv' } } as const;
      throw new HttpProblem('unreadable_file', 'empty.csv is empty.', { coded });
    });
    const page = await api.open('/new');
    await choose(page, 'empty.csv', '\n\n');
    await page.getByRole('alert').getByText('empty.csv is empty.').waitFor();
    // What is empty stays so, however it is read.
    expect(await page.getByRole('region', { name: 'How to read' }).count()).toBe(0);
    await page.getByRole('combobox', { name: 'Language' }).selectOption('ru');
    await page.getByRole('alert').getByText('empty.csv пуст.').waitFor();
    await choose(page, 'nothing.csv', '');
    await page.getByRole('alert').getByText('Файл пуст.').waitFor();
    expect(await page.getByRole('alert').count()).toBe(1);
  });
});

test('a file of which nobody can be invited is not to be started, but fixed', async () => {
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

test('an upload shows how far it is, and can be stopped', async () => {
  await using stack = new AsyncDisposableStack();
  const folder = mkdtempSync(join(tmpdir(), 'bulk-invite-upload-'));
  stack.defer(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'long.csv');
  writeFileSync(path, '');
  // More than the system keeps of what nobody reads.
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

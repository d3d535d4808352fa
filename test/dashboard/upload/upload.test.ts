import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { problem } from '../../../src/messages/problems.ts';
import { HttpProblem } from '../../../src/server/http/http-problem.ts';
import type { RefusedTable } from '../../../src/server/schemas/format-schema.ts';
import { FakeApi } from '../fake-api/fake-api.ts';
import { aFormat, anImport } from '../fake-api/import-data.ts';
import { aSession } from '../fake-api/portal-data.ts';

const bufferOf = (name: string, text: string) => ({
  ...{ name, mimeType: 'text/csv', buffer: Buffer.from(text) },
});
const input = (page: Page) => page.locator('input[type=file]');
const region = (page: Page, file: string) =>
  page.getByRole('region', { name: `How to read ${file}` });

const TABLE: RefusedTable = {
  ...{ encoding: 'utf-8', json: null, delimiter: ';', headerLine: null, workbook: null },
  header: ['Team', 'Office', 'E-mail'],
  columnCount: 3,
  known: { group: null, user: 3, message: null },
  firstRows: [{ line: 2, cells: ['15', 'Berlin', 'anna@example.com'] }],
};

const missing = (file: string) =>
  problem('column_missing', {
    ...{ file, line: 1, found: 'Team, Office, E-mail', group: 1, user: 0 },
  });

/** Drops a file on an element. @returns whether the page took it, so that the browser does not open it */
const drop = (page: Page, onto: string): Promise<boolean> =>
  page.evaluate(`{
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(['group,user\\n15,103\\n'], 'dropped.csv'));
    const event = new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true });
    document.querySelector('${onto}').dispatchEvent(event);
    event.defaultPrevented;
  }`);

/** Whether the browser asks before the page is left. */
const asksToLeave = (page: Page): Promise<boolean> =>
  page.evaluate(`{
    const event = new Event('beforeunload', { cancelable: true });
    window.dispatchEvent(event);
    event.defaultPrevented;
  }`);

test('the columns of a refused file are chosen below its first rows', async () => {
  await using api = await FakeApi.start();
  const sent: unknown[] = [];
  api.answer('POST /api/imports', ({ body: { groupColumn, userColumn, delimiter } }) => {
    sent.push({ groupColumn, userColumn, delimiter });
    if (groupColumn === undefined) {
      throw new HttpProblem('unreadable_file', missing('team.csv'), { table: TABLE });
    }
    if (groupColumn === '2') {
      const shared = problem('column_shared', { file: 'team.csv', line: 1, column: '“Office”' });
      throw new HttpProblem('unreadable_file', shared, { table: TABLE });
    }
    api.data.put(anImport({ id: 3, fileName: 'team.csv' }));
    return api.data.get(3);
  });
  const page = await api.open('/new');
  await input(page).setInputFiles(bufferOf('team.csv', 'Team;Office;E-mail\n15;Berlin;a@b.c\n'));
  const form = region(page, 'team.csv');
  await form.getByRole('cell', { name: 'Berlin' }).waitFor();
  await form.getByRole('columnheader', { name: 'E-mail User' }).waitFor();
  expect(await page.getByRole('main').innerText()).not.toMatch(/--|`|groupColumn/);
  expect(await form.getByLabel('User column').inputValue()).toBe('3');
  expect(await form.getByRole('button', { name: 'Read the file' }).isDisabled()).toBe(true);
  await form.getByLabel('Group column').selectOption('Office');
  await form.getByRole('button', { name: 'Read the file' }).click();
  // Another refusal keeps what was chosen.
  await page.getByText('“Office” cannot have two roles').waitFor();
  expect(await form.getByLabel('Group column').inputValue()).toBe('2');
  await form.getByLabel('Group column').selectOption('Team');
  await form.getByRole('columnheader', { name: 'Team Group' }).waitFor();
  await form.getByRole('button', { name: 'Read the file' }).click();
  await page.waitForURL('**/imports/3');
  expect(sent).toEqual([
    { groupColumn: undefined, userColumn: undefined, delimiter: undefined },
    { groupColumn: '2', userColumn: '3', delimiter: ';' },
    { groupColumn: '1', userColumn: '3', delimiter: ';' },
  ]);
});

test('a workbook is read again with another sheet before its columns are chosen', async () => {
  await using api = await FakeApi.start();
  const sheets = ['Notes', 'Team'].map((name) => ({ name, isHidden: false }));
  const workbook = { type: 'xlsx', sheet: 'Notes', sheetBy: 'content', sheets } as const;
  api.answer('POST /api/imports', ({ body: { sheet } }) => {
    if (sheet === undefined) {
      const params = { file: 'team.xlsx', sheets: 'Notes\nTeam' };
      const table = { ...TABLE, workbook };
      throw new HttpProblem('unreadable_file', problem('sheets_unknown', params), { table });
    }
    const read = { ...workbook, sheet: String(sheet), sheetBy: 'given' } as const;
    api.data.put(anImport({ id: 3, fileName: 'team.xlsx', format: aFormat({ workbook: read }) }));
    return api.data.get(3);
  });
  const page = await api.open('/new');
  await input(page).setInputFiles(bufferOf('team.xlsx', 'PK'));
  const form = region(page, 'team.xlsx');
  await form.getByLabel('Sheet').selectOption('Team');
  expect(await form.getByLabel('Group column').isDisabled()).toBe(true);
  await form.getByRole('button', { name: 'Read again' }).click();
  await page.waitForURL('**/imports/3');
  expect(await page.getByLabel('Sheet').inputValue()).toBe('Team');
  expect(await page.getByLabel('Encoding').count()).toBe(0);
});

test('a file that no choice makes readable is refused in the language of the page', async () => {
  await using api = await FakeApi.start();
  api.answer('POST /api/imports', () => {
    throw new HttpProblem('unreadable_file', problem('file_empty', { file: 'empty.csv' }));
  });
  const page = await api.open('/new');
  await input(page).setInputFiles(bufferOf('empty.csv', '\n\n'));
  await page.getByRole('alert').getByText('empty.csv is empty.').waitFor();
  expect(await region(page, 'empty.csv').count()).toBe(0);
  await page.getByRole('combobox', { name: 'Language' }).selectOption('ru');
  await page.getByRole('alert').getByText('empty.csv пуст.').waitFor();
  await page.getByRole('button', { name: 'Убрать empty.csv' }).click();
  await input(page).setInputFiles(bufferOf('nothing.csv', ''));
  await page.getByRole('alert').getByText('Файл пуст.').waitFor();
  expect(await page.getByRole('alert').count()).toBe(1);
});

test('several files become several imports', async () => {
  await using api = await FakeApi.start();
  let next = 3;
  api.answer('POST /api/imports', ({ body: { file } }) => {
    if (file === 'bad') throw new HttpProblem('unreadable_file', problem('file_not_read', {}));
    const id = next++;
    api.data.put(anImport({ id }));
    return api.data.get(id);
  });
  const page = await api.open('/new');
  const files = ['one', 'bad', 'two'].map((name) => bufferOf(`${name}.csv`, name));
  await input(page).setInputFiles(files);
  await page.getByText('one.csv is uploaded').waitFor();
  await page.getByText('two.csv is uploaded').waitFor();
  await page.getByRole('button', { name: 'Remove bad.csv' }).waitFor();
  const links = await page.getByRole('link', { name: 'Review' }).all();
  expect(await Promise.all(links.map((link) => link.getAttribute('href')))).toEqual([
    '/imports/3',
    '/imports/4',
  ]);
});

test('a file that changed since it was chosen is reported, and can be chosen again', async () => {
  await using stack = new AsyncDisposableStack();
  const folder = mkdtempSync(join(tmpdir(), 'bulk-invite-upload-'));
  stack.defer(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'team.csv');
  writeFileSync(path, 'a;b\n');
  const api = stack.use(await FakeApi.start());
  api.answer('POST /api/imports', ({ body: { file } }) => {
    if (file === 'a;b\n') {
      throw new HttpProblem('unreadable_file', missing('team.csv'), { table: TABLE });
    }
    api.data.put(anImport({ id: 3, fileName: 'team.csv' }));
    return api.data.get(3);
  });
  const page = await api.open('/new');
  await input(page).setInputFiles(path);
  const form = region(page, 'team.csv');
  await form.getByLabel('Group column').selectOption('Team');
  writeFileSync(path, 'group,user\n15,103\n');
  await form.getByRole('button', { name: 'Read the file' }).click();
  await page.getByText('The file was changed, moved or deleted after it was chosen').waitFor();
  await input(page).setInputFiles(path);
  await page.waitForURL('**/imports/3');
});

test('files are taken anywhere on the page, and leaving asks while they are sent', async () => {
  await using api = await FakeApi.start();
  api.answer('POST /api/imports', () => {
    api.data.put(anImport({ id: 3 }));
    return api.data.get(3);
  });
  const held = api.hold('POST /api/imports');
  const page = await api.open('/');
  await page.getByRole('heading', { level: 1 }).waitFor();
  expect(await asksToLeave(page)).toBe(false);
  expect(await drop(page, 'header')).toBe(true);
  await held.reached;
  expect(new URL(page.url()).pathname).toBe('/new');
  expect(await asksToLeave(page)).toBe(true);
  // The upload goes on while another page is shown.
  await page.getByRole('link', { name: 'People' }).click();
  await page.getByRole('link', { name: 'Uploading dropped.csv…' }).click();
  held.open();
  await page.waitForURL('**/imports/3');
  expect(await asksToLeave(page)).toBe(false);
});

test('a viewer’s page does not open a dropped file', async () => {
  await using api = await FakeApi.start();
  api.data.session = aSession({ role: 'viewer' });
  const page = await api.open('/');
  await page.getByRole('heading', { level: 1 }).waitFor();
  expect(await drop(page, 'main')).toBe(true);
  expect(new URL(page.url()).pathname).toBe('/');
  expect(api.requests.some(({ name }) => name === 'POST /api/imports')).toBe(false);
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
  await page.getByRole('button', { name: 'Choose files' }).waitFor();
  expect(await page.getByRole('alert').count()).toBe(0);
});

import { describe, expect, test } from 'vitest';
import { FakeApi } from '../fake-api/fake-api.ts';
import { aFormat, anImport, tally } from '../fake-api/import-data.ts';
import { aReview } from '../fake-api/review-data.ts';

const column = (number: number, name: string) => ({ number, name });

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
});

test('a file without valid pairs can only be fixed, not started', async () => {
  await using api = await FakeApi.start();
  api.data.put(anImport({ tallies: [tally('rejected', 'bad_user_id', 2)] }));
  const page = await api.open('/imports/1');
  const nothing = page.getByRole('region', { name: 'Nothing to send' });
  await page.getByRole('status').getByText('Nothing to send').waitFor();
  await nothing.getByRole('button', { name: 'Discard import' }).waitFor();
  expect(await page.getByRole('button', { name: /^Start/ }).count()).toBe(0);
  expect(await page.getByLabel('Message to the people').count()).toBe(0);
  await page.getByRole('link', { name: 'Download all (CSV)' }).waitFor();
  await nothing.getByRole('link', { name: 'Upload the fixed file' }).click();
  await page.getByRole('heading', { name: 'New import' }).waitFor();
});

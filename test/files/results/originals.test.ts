import { describe, expect, it } from 'vitest';
import { detectFormat, type GivenFormat } from '../../../src/files/csv/detect-format.ts';
import { Originals } from '../../../src/files/results/originals.ts';
import { sourceColumns } from '../../../src/files/results/source-columns.ts';
import { chunked } from '../source.ts';

/** The further columns of a file: their names, and the cells of the rows on the given lines. */
async function originals(csv: string, lines: number[], given: GivenFormat = {}) {
  const open = () => chunked(Buffer.from(csv), [5]);
  const format = await detectFormat(open, 'team.csv', given);
  const named = { groups: true, users: true };
  await using found = new Originals(open(), { fileName: 'team.csv', format }, named);
  const cells = [];
  for (const line of lines) cells.push(await found.cellsAt(line));
  return { header: found.header, cells };
}

const RESULTS = 'line,group_id,user_id,outcome,reason,detail,attempts,settled_at';

describe('Originals', () => {
  it('are all columns, with the cells as they stand in the file', async () => {
    const csv = 'name;group;note;user\nAnna;Sales;a;A@b.c\n\nBen;1;"b\nc";3\nCleo;1;d;4\n';
    expect(await originals(csv, [2, 4, 6])).toEqual({
      header: ['name', 'group', 'note', 'user'],
      cells: [
        ['Anna', 'Sales', 'a', 'A@b.c'],
        ['Ben', '1', 'b\nc', '3'],
        ['Cleo', '1', 'd', '4'],
      ],
    });
  });

  it('can be read several times for a line, and for lines far apart', async () => {
    const csv = `group,user,n\n${Array.from({ length: 5_000 }, (_, i) => `1,${i + 1},${i}\n`).join('')}`;
    const { cells } = await originals(csv, [2, 2, 4_001, 4_001, 5_001]);
    expect(cells.map((row) => row[2])).toEqual(['0', '0', '3999', '3999', '4999']);
  });

  it('are empty for a broken or short row, and beyond the end', async () => {
    const csv = 'group,user,note\n1,2,"x"y\n1,3\n1,4,z\n';
    expect((await originals(csv, [2, 3, 4, 9])).cells).toEqual([
      ['', '', ''],
      ['1', '3', ''],
      ['1', '4', 'z'],
      ['', '', ''],
    ]);
  });

  it('are the unescaped columns of the original file, when read from results', async () => {
    const csv = `${RESULTS},user_name,group_name,text,note\n9,1,2,failed,,,,,Anna,Sales,'=Hi,'+1\n`;
    expect(await originals(csv, [2])).toEqual({
      header: ['source_group_id', 'source_user_id', 'text', 'note'],
      cells: [['1', '2', '=Hi', '+1']],
    });
  });
});

describe('sourceColumns', () => {
  const IDS = { groups: false, users: false };
  const NAMES = { groups: true, users: true };
  const message = { columns: { message: '3' } };

  it.each<[string, typeof IDS, GivenFormat, string[]]>([
    ['group,user\n1,2\n', IDS, {}, ['group', 'user']],
    ['group_id,user_id\n1,2\n', IDS, {}, []],
    [
      'Group_ID,email\nSales,a@b.c\n',
      { groups: true, users: false },
      {},
      ['source_Group_ID', 'email'],
    ],
    ['group_id,user_id,line\n1,2,3\n', IDS, {}, ['source_line']],
    ['group_id,user_id,x,X\n1,2,3,4\n', IDS, {}, ['x', 'source_X']],
    ['group_id,user_id,x,x,x\n1,2,3,4,5\n', IDS, {}, ['x', 'source_x', 'source_x_2']],
    ['group_id,user_id,,user_name\n1,2,3,4\n', IDS, {}, ['column 3', 'source_user_name']],
    ['1,2,Hi\n', IDS, {}, ['column 3']],
    ['1,a@b.c,Hi\n', NAMES, {}, ['column 1', 'column 2', 'column 3']],
    ['group,user,note\n1,2,Hi\n', IDS, message, ['group', 'user', 'message']],
    ['1,2,Hi\n', IDS, message, ['message']],
    [`${RESULTS},text,note\n`, IDS, {}, ['text', 'note']],
    [`${RESULTS},user_name,group_name,group,email\n`, IDS, {}, ['group', 'email']],
    [
      `${RESULTS},user_name,group_name,source_user_id\n`,
      NAMES,
      {},
      ['source_group_id', 'source_user_id'],
    ],
  ])('names those of %j', async (csv, named, given, expected) => {
    const open = () => chunked(Buffer.from(csv), [5]);
    const format = await detectFormat(open, 'team.csv', given);
    expect(sourceColumns(format, named).map(({ name }) => name)).toEqual(expected);
  });
});

it('refuses results in which two columns could be the message', async () => {
  await expect(originals(`${RESULTS},text,message\n`, [])).rejects.toThrow(
    'team.csv, line 1: 2 columns could be the message: “text” (column 9), “message” (column 10).',
  );
});

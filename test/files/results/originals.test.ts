import { describe, expect, it } from 'vitest';
import { detectFormat, type GivenFormat } from '../../../src/files/csv/detect-format.ts';
import { Originals } from '../../../src/files/results/originals.ts';
import { chunked } from '../source.ts';

/** The further columns of a file: their names, and the cells of the rows on the given lines. */
async function originals(csv: string, lines: number[], given: GivenFormat = {}) {
  const open = () => chunked(Buffer.from(csv), [5]);
  const format = await detectFormat(open, 'team.csv', given);
  await using found = new Originals(open(), { fileName: 'team.csv', format });
  const cells = [];
  for (const line of lines) cells.push(await found.cellsAt(line));
  return { header: found.header, cells };
}

const RESULTS = 'line,group_id,user_id,outcome,reason,detail,attempts,settled_at';

describe('Originals', () => {
  it('are all columns except the group and the user', async () => {
    const csv = 'name;group;note;user\nAnna;1;a;2\n\nBen;1;"b\nc";3\nCleo;1;d;4\n';
    expect(await originals(csv, [2, 4, 6])).toEqual({
      header: ['name', 'note'],
      cells: [
        ['Anna', 'a'],
        ['Ben', 'b\nc'],
        ['Cleo', 'd'],
      ],
    });
  });

  it('can be read several times for a line, and for lines far apart', async () => {
    const csv = `group,user,n\n${Array.from({ length: 5_000 }, (_, i) => `1,${i + 1},${i}\n`).join('')}`;
    const { cells } = await originals(csv, [2, 2, 4_001, 4_001, 5_001]);
    expect(cells.flat()).toEqual(['0', '0', '3999', '3999', '4999']);
  });

  it('are empty for a broken or short row, and beyond the end', async () => {
    const csv = 'group,user,note\n1,2,"x"y\n1,3\n1,4,z\n';
    expect((await originals(csv, [2, 3, 4, 9])).cells).toEqual([[''], [''], ['z'], ['']]);
  });

  it('name the message column that the user specified', async () => {
    const given = { columns: { message: '3' } };
    expect((await originals('group,user,note\n1,2,Hi\n', [], given)).header).toEqual(['message']);
    expect((await originals('1,2,Hi\n', [], given)).header).toEqual(['message']);
    expect((await originals('1,2,Hi\n', [])).header).toEqual(['column 3']);
  });

  it('are the unescaped columns of the original file, when read from results', async () => {
    const csv = `${RESULTS},text,note\n9,1,2,failed,,,,,'=Hi,'+1\n`;
    expect(await originals(csv, [2])).toEqual({ header: ['text', 'note'], cells: [['=Hi', '+1']] });
  });
});

it('refuses results in which two columns could be the message', async () => {
  await expect(originals(`${RESULTS},text,message\n`, [])).rejects.toThrow(
    'team.csv, line 1: 2 columns could be the message: “text” (column 9), “message” (column 10).',
  );
});

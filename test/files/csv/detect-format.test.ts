import { describe, expect, it } from 'vitest';
import { detectFormat, type GivenFormat } from '../../../src/files/csv/detect-format.ts';
import { chunked, rowsOf } from '../source.ts';

const formatOf = (csv: string | Uint8Array, given?: GivenFormat) =>
  detectFormat(() => chunked(Buffer.from(csv), [7]), 'team.csv', given);

describe('the delimiter', () => {
  it.each([
    [',', 'group,user\n1,2\n'],
    [';', 'group;user\n1;2\n'],
    ['\t', 'group\tuser\n1\t2\n'],
    ['|', 'group|user\n1|2\n'],
    [';', 'Группа;Сотрудник;Примечание\n1;2;a, b, c, d\n'],
    [';', '"Группа";"Сотрудник"\n"1";"2"\n'],
    [',', '"Группа, название","group;id",user\nx,1,2\n'],
    [',', '1,2;3;4\n5,6\n7,8;9\n'],
    [';', '1;2|3\n4;5\n'],
    [';', 'Sales, North;anna@example.com\nSales, South;ben@example.com\n'],
    ['\t', 'Sales, North\tanna@example.com\n'],
    [',', 'Team,Person,Comment\nA,B,"x;y;z"\n'],
    [',', 'group_id,user_id,message\n1,2,"a;b\nc;d;e"\n'],
  ])('is %j in %j', async (delimiter, csv) => {
    const given = csv.startsWith('Team') ? { columns: { group: '1', user: '2' } } : undefined;
    expect(await formatOf(csv, given)).toMatchObject({ delimiter, delimiterBy: 'content' });
  });

  it.each([
    ['sep=;\r\ngroup;user\r\n1;2\r\n', ';'],
    ['\ufeffsep=,\ngroup,user\n', ','],
    ['"sep=;"\ngroup;user\n', ';'],
    ['SEP=\t\ngroup\tuser\n', '\t'],
    ['sep=|\n1|2\n', '|'],
  ])('is taken from the first line of %j', async (csv, delimiter) => {
    expect(await formatOf(csv)).toMatchObject({ delimiter, delimiterBy: 'line' });
  });

  it.each(['15;16|3\n17;18|4\n', '15;3|4'])('is not guessed where %j allows two', async (csv) => {
    await expect(formatOf(csv)).rejects.toThrow(
      'team.csv, line 1: the delimiter could be semicolon or vertical bar.',
    );
    expect(await formatOf(csv, { delimiter: '|' })).toMatchObject({ delimiter: '|' });
  });

  it('is refused when the first line names an unsupported one', async () => {
    await expect(formatOf('sep=:\na:b\n')).rejects.toThrow(
      'team.csv, line 1: the delimiter “:” is not supported.',
    );
  });

  it('is the one that the user specified, whatever the file declares', async () => {
    const format = await formatOf('sep=,\ngroup;user\n1;2\n', { delimiter: ';' });
    expect(format).toMatchObject({ delimiter: ';', delimiterBy: 'given', hasSeparatorLine: true });
  });
});

describe('the header', () => {
  it.each([
    ['group,user\n', ['group', 'user']],
    ['\n\n group , user \n', ['group', 'user']],
    ['15,3\n', null],
    ['"15";"3"\n', null],
    ['15,3;4;5\n', null],
    ['15.0,3\n', null],
    ['Sales,anna@example.com\n', null],
    ['15,anna@example.com\n', null],
  ])('of %j is %j', async (csv, header) => {
    expect(await formatOf(csv)).toMatchObject({ header });
  });

  it('is detected also when the user specified the columns', async () => {
    const columns = { group: '2', user: '1' };
    expect(await formatOf('Person,Team\n3,15\n', { columns })).toMatchObject({
      header: ['Person', 'Team'],
      columns: { group: 1, user: 0 },
    });
    expect(await formatOf('3,15\n', { columns })).toMatchObject({ header: null });
    expect(await formatOf('anna@example.com,Sales\n', { columns })).toMatchObject({ header: null });
  });

  it.each([
    ['', 'team.csv is empty.'],
    ['\ufeff \r\n\n', 'team.csv is empty.'],
    ['sep=;\n', 'team.csv is empty.'],
    ['sep=;\n\n', 'team.csv is empty.'],
    ['name,surname\nAnna,Berg\n', /^team\.csv, line 1: no column for the group/],
    ['\nsep=;\nx\n', /^team\.csv, line 2: no column for the group/],
    ['group,"user\n1,2\n', /^team\.csv, line 1: the first row is invalid: a quote is opened/],
    ['group,us"er\n1,2\n', /^team\.csv, line 1: the first row is invalid: a quote stands inside/],
  ])('of %j is refused', async (csv, message) => {
    await expect(formatOf(csv)).rejects.toThrow(
      expect.objectContaining({ name: 'Problem', message: expect.stringMatching(message) }),
    );
  });

  it('can be longer than the pieces that a file is read in', async () => {
    const names = Array.from({ length: 6_000 }, (_, i) => `column ${i}`);
    const format = await formatOf(`${names.join(';')};group;user\n`);
    expect(format.columns).toMatchObject({ group: 6_000, user: 6_001, count: 6_002 });
  });
});

describe('line ends', () => {
  it.each([
    ['group,user\r1,2\r', 'CR'],
    ['group,user\r\n1,2\r\n', 'LF'],
    ['group,user\n1,2\n', 'LF'],
    ['group,user', 'LF'],
    ['group,user,note\n1,2,"a\rb"\n', 'LF'],
    ['group,user,note\r1,2,"a\nb"\r', 'CR'],
    ['group,user\n1,2\r3,4\n', 'CR'],
    ['group,user\r1,2\n3,4\r\n', 'CR'],
    ['group,user,note\n1,2,a\rb\n', 'LF'],
    ['group,user\r\r\n1,2\r\r\n', 'LF'],
    ['group,user\n\r1,2\n\r', 'LF'],
  ])('of %j are %s', async (csv, newline) => {
    expect(await formatOf(csv)).toMatchObject({ newline });
  });
});

describe('the results of an earlier import', () => {
  const HEADER = 'line,group_id,user_id,outcome,reason,detail,attempts,settled_at';

  it('are recognized by their columns, with the message among the others', async () => {
    const format = await formatOf(`\ufeff${HEADER},email,Сообщение\r\n2,15,3,failed,,,,,x,Hi\r\n`);
    expect(format).toMatchObject({
      isResults: true,
      columns: { group: 1, user: 2, message: 9, count: 10 },
    });
  });

  it('are an ordinary file when the user specified the columns', async () => {
    const columns = { user: 'email', group: 'group_id' };
    const format = await formatOf(`${HEADER},email\n2,15,3,failed,,,,,x\n`, { columns });
    expect(format).toMatchObject({ isResults: false, columns: { group: 1, user: 8 } });
  });
});

describe('a file that a spreadsheet with another list separator has saved', () => {
  it.each([
    ['group,user,message;;\n1,2,Hi;;\n3,4,;;\n', ',', ';;'],
    ['group;user;message,,\n1;2;Hi,,\n', ';', ',,'],
    ['group,user\t\t\n1,2\t\t\n', ',', '\t\t'],
    ['1,2;;\n3,4;;\n', ',', ';;'],
  ])('%j has the delimiter %j and the tail %j', async (csv, delimiter, tail) => {
    expect(await formatOf(csv)).toMatchObject({ delimiter, tail });
  });

  it.each([
    ['tails of several lengths', 'group,user,message;\n1,2,a; b\n3,4,c;\n', ['a; b', 'c']],
    ['whole lines in quotes', '"group,user,message"\n"1,2,""a, b"""\n"3,4,c"\n', ['a, b', 'c']],
    [
      'lines without content',
      'group,user,message;;\n1,2,a;;\n;;\n"3,4,""b, c""";;\n',
      ['a', 'b, c'],
    ],
  ])('is read with %s', async (_, csv, messages) => {
    const rows = await rowsOf(csv);
    expect(rows.map((row) => (row.kind === 'reject' ? row.reason : row.message))).toEqual(messages);
  });

  it('has no tail where a list ends with the character', async () => {
    expect(await formatOf('1,2;\n3,4\n')).not.toHaveProperty('tail');
    expect(await formatOf('group;user;;\n1;2;;\n')).not.toHaveProperty('tail');
  });
});

describe('delimiters at the end of all rows', () => {
  it.each([
    ['group;user\n1;2;\n3;4;\n', 1],
    ['group,user\n1,2,,\n3,4,,\n', 2],
    ['group;user\n1;2;\n3;4\n', undefined],
    ['group;user\n1;2;\n', undefined],
    ['group,user,message\n1,2,345,\n3,4,567,\n', undefined],
  ])('of %j are %j empty cells', async (csv, surplus) => {
    expect((await formatOf(csv)).surplus).toBe(surplus);
  });
});

describe('the line of the header', () => {
  it.each([
    ['List of members;;\n;;\n№;Группа;Почта\n1;Sales;a@b.c\n', 3],
    ['#TYPE System.Management.Automation.PSCustomObject\n"group_id","user_id"\n"1","2"\n', 2],
    ['# exported on 1 May\n# by Anna\ngroup,user\n1,2\n', 3],
    ['version:v1.0,\nGroup [groupName] Required,Member [memberObjectIdOrUpn] Required\n', 2],
    ['The "new" list\ngroup,user\n1,2\n', 2],
  ])('is named where %j is refused, and can be specified', async (csv, header) => {
    const refused = { coded: { code: 'header_below', params: { line: 1, header } } };
    await expect(formatOf(csv)).rejects.toMatchObject(refused);
    expect(await formatOf(csv, { headerLine: header })).toMatchObject({ headerLine: header });
    const rows = await rowsOf(csv, { given: { headerLine: header } });
    for (const row of rows) expect(row).toMatchObject({ line: header + 1 });
  });

  it('is where the table begins, whatever the lines above it', async () => {
    const csv = 'sep=;\na "title"\n1;2;3\ngroup;user\n1;2\n';
    expect(await rowsOf(csv, { given: { headerLine: 4 } })).toMatchObject([
      { line: 5, groupId: 1, userId: 2 },
    ]);
    await expect(formatOf('group,user\n', { headerLine: 3 })).rejects.toThrow(
      'no rows from line 3',
    );
  });

  it('knows the names of Google and Microsoft', async () => {
    expect(
      await formatOf('Group Name [Required],Member Email [Required],Member Role\na,b@c.d,MEMBER\n'),
    ).toMatchObject({ columns: { group: 0, user: 1, count: 3 } });
  });
});

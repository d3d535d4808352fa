import { expect, test } from 'vitest';
import { readConfig } from '../../src/config/read-config.ts';
import { buildBaseServer } from '../../src/server/base-server.ts';
import { listen } from '../../src/server/http/listen.ts';
import { createLog } from '../../src/telemetry/log.ts';

const CODE = 'Zx81-n0b0dy';

/** @returns the lines that a log with these settings writes */
function logged(settings: Record<string, string>, ...words: string[]): unknown[] {
  const lines: string[] = [];
  const config = readConfig({ LOG_LEVEL: 'info', ...settings }, '');
  const log = createLog(config, { to: { write: (line) => lines.push(line) } });
  for (const word of words) log.info({ word }, word);
  return lines.map((line) => JSON.parse(line));
}

test('masks secrets in the texts of a line, and leaves the rest of the line intact', () => {
  const settings = {
    BITRIX24_WEBHOOK_URL: `https://example.bitrix24.com/rest/1/${CODE}/`,
    REDIS_URL: 'redis://:30@cache',
    LEDGER_URL: 'postgres://me:msg@db/invites',
    NOTIFY_URL: 'https://example.com/a"b',
  };
  expect(
    logged(settings, 'AUTH 30', 'the msg of 300 messages', CODE, 'to https://example.com/a"b'),
  ).toEqual(
    ['AUTH ***', 'the *** of 300 messages', '***', 'to ***'].map((text) => ({
      ...{ level: 30, time: expect.any(Number), word: text, msg: text },
    })),
  );
});

test('a server does not log that it listens: the program does', async () => {
  const lines: string[] = [];
  const config = readConfig({ LOG_LEVEL: 'info' }, '');
  const log = createLog(config, { to: { write: (line) => lines.push(line) } });
  const http = await buildBaseServer(config, log, new AbortController().signal);
  try {
    await listen(http, '127.0.0.1', 0);
    expect(lines).toEqual([]);
    http.log.info('at work');
    expect(lines).toEqual([expect.stringContaining('at work')]);
  } finally {
    await http.close();
  }
});

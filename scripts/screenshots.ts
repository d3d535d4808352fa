/** Takes a screenshot of each page in both themes: npm run screenshots */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { ADMIN, openPageHarness } from '../test/dashboard/page-harness.ts';
import { sharedBrowser } from '../test/support/services/chromium.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const DOCS = join(ROOT, 'docs');
const PAGES: Readonly<Record<string, string>> = {
  imports: '/',
  new: '/new',
  progress: '/imports/2',
  outcomes: '/imports/1',
  review: '/imports/3',
  pairs: '/imports/1/pairs?outcome=failed',
  groups: '/imports/1/groups',
  history: '/imports/1/history',
  people: '/people?q=25',
  portal: '/portal',
};

// Limits of a cloud portal, with a short time per invitation.
await using pageHarness = await openPageHarness(
  { burst: 50, requestsPerSecond: 2, requestLimitSeconds: 60, inviteSeconds: 0.01 },
  {
    ADMIN_TOKEN: ADMIN,
    BITRIX24_BURST: '50',
    BITRIX24_REQUESTS_PER_SECOND: '2',
    BITRIX24_REQUEST_TIMEOUT_SECONDS: '65',
  },
);

/** Uploads a file on the page and waits until the import can be started. */
async function upload(name: string, csv: string | Buffer): Promise<Page> {
  const page = await pageHarness.open('/new');
  const file = { name, mimeType: 'text/csv', buffer: Buffer.from(csv) };
  await page.locator('input[type=file]').setInputFiles(file);
  await startButton(page).waitFor();
  return page;
}

const startButton = (page: Page) => page.getByRole('button', { name: /^Start/ });

/** @returns a CSV with all groups of the sandbox and users who are not in most of them */
function crowdCsv(): string {
  const groups = [2, 4, 7, 9, 11, 12, 15, 18, 21, 23, 28, 31, 36, 40];
  const people = Array.from({ length: 120 }, (_, i) => 120 + i);
  const rows = people.flatMap((person) => groups.map((group) => `${group},${person}`));
  return `group_id,user_id\n${rows.join('\n')}\n`;
}

async function screenshot(name: string, path: string, token?: null): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    const viewport = { width: 1200, height: 820 };
    const page = await pageHarness.open(path, {
      colorScheme,
      viewport,
      ...(token === null && { token }),
    });
    await page.locator('h1').waitFor();
    await page.getByLabel('Loading…').first().waitFor({ state: 'detached' });
    await page.screenshot({
      path: join(DOCS, `${name}-${colorScheme}.png`),
      animations: 'disabled',
    });
    await page.context().close();
  }
}

const fixture = (name: string) => readFileSync(join(ROOT, 'fixtures', name));

mkdirSync(DOCS, { recursive: true });
await screenshot('login', '/', null);
await screenshot('empty', '/');
const first = await upload('onboarding.csv', fixture('onboarding.csv'));
await startButton(first).click();
await first.getByText('Finished in').waitFor({ timeout: 120_000 });
await pageHarness.harness.order('limits', { inviteSeconds: 0.15 });
const second = await upload('new-colleagues-november.csv', crowdCsv());
await startButton(second).click();
await second.getByText(/^[3-9]\d\d invited,/).waitFor({ timeout: 120_000 });
await upload('messy.csv', fixture('messy.csv'));
for (const [name, path] of Object.entries(PAGES)) await screenshot(name, path);
await (await sharedBrowser()).close();

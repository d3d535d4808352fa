import { expect, test } from 'vitest';
import { findings, NARROW, openViews, VIEWS, visit } from '../../dashboard/views.ts';

test('every view has sufficient contrast in dark mode on a phone', async () => {
  await using views = await openViews();
  const { page } = views;
  await page.setViewportSize(NARROW);
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.locator('html[data-mantine-color-scheme=dark]').waitFor();
  for (const path of VIEWS) {
    await visit(page, path);
    expect(await findings(page, 'color-contrast'), path).toEqual([]);
  }
});

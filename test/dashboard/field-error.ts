import type { Page } from 'playwright-core';

/** @returns the accessible error message of a field; null when the field is valid */
export async function errorAt(page: Page, label: string): Promise<string | null> {
  const field = page.getByLabel(label, { exact: true });
  if ((await field.getAttribute('aria-invalid')) !== 'true') return null;
  const ids = (await field.getAttribute('aria-describedby')) ?? '';
  const error = ids.split(' ').find((id) => id.endsWith('-error'));
  return page.locator(`[id="${error}"]`).textContent();
}

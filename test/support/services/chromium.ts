import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

/** The headless build is first: it needs only 60 % of the processor time. */
const NAMES = [
  'chromium-headless-shell',
  ...['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
];
const MAC = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];
/** Playwright itself adds `--no-sandbox`: Chromium's sandbox does not work for root and in many containers. */
const FLAGS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

let launched: Promise<Browser> | undefined;

/**
 * @returns the headless Chromium of this process, with its own profile. The first call launches it;
 * Playwright ends it with the process
 */
export function sharedBrowser(): Promise<Browser> {
  launched ??= launch();
  return launched;
}

function launch(): Promise<Browser> {
  const places = (process.env.PATH ?? '').split(':');
  const candidates = [...NAMES.flatMap((name) => places.map((place) => join(place, name))), ...MAC];
  const executablePath = candidates.find((path) => existsSync(path));
  if (executablePath === undefined) {
    throw new Error('There is no Chromium. Type: sh scripts/setup.sh test');
  }
  return chromium.launch({ executablePath, args: FLAGS });
}

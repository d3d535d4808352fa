import { statfs } from 'node:fs/promises';
import type { NetworkSettings } from '../config/network-settings.ts';
import { finding } from '../messages/findings.ts';
import { checkAuthorities } from './checks/authorities-check.ts';
import { checkDataDir, nearestFolder } from './checks/data-dir-check.ts';
import { checkDisk } from './checks/disk-check.ts';
import { checkDrive } from './checks/drive-check.ts';
import { checkNodeVersion } from './checks/node-version-check.ts';
import { checkProxy } from './checks/proxy-check.ts';
import type { SettingsRead } from './doctor-settings.ts';
import { type Examination, problemFinding } from './examination.ts';

/** Checks what is on the machine itself: Node.js, the settings, the proxy, the authorities and `DATA_DIR`. */
export async function examineMachine(
  examination: Examination,
  { config, problems, wrong }: SettingsRead,
  { extraCaCerts }: NetworkSettings,
): Promise<void> {
  await examination.check('node', [], () => checkNodeVersion(process.versions.node));
  if (problems.length === 0) examination.add('settings', finding('settings_read', {}));
  for (const problem of problems) examination.add('settings', problemFinding(problem));

  if (config === undefined || wrong.has('HTTPS_PROXY')) examination.skip('settings', 'proxy');
  else {
    const { proxies, webhook } = config;
    const target = webhook && new URL(webhook.origin);
    await examination.check('proxy', [], () => checkProxy(proxies, target));
  }

  if (config === undefined || wrong.has('NODE_EXTRA_CA_CERTS')) {
    examination.skip('settings', 'authorities');
  } else {
    const { authoritiesFile } = config;
    await examination.check('authorities', [], () =>
      checkAuthorities(extraCaCerts, authoritiesFile),
    );
  }

  if (config === undefined || wrong.has('DATA_DIR')) {
    return examination.skip('settings', 'data_dir', 'disk', 'drive');
  }
  const { dataDir } = config;
  const found = () => statfs(nearestFolder(dataDir));
  await examination.check('data_dir', [], () => checkDataDir(dataDir, process.getuid?.()));
  await examination.check('disk', ['data_dir'], async () => {
    const { bavail, bsize } = await found();
    return checkDisk(bavail * bsize);
  });
  await examination.check('drive', ['data_dir'], async () =>
    checkDrive((await found()).type, process.platform),
  );
}

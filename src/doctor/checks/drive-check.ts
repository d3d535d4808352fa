import { finding, type SetUpFinding } from '../../messages/findings.ts';

/** File systems of Linux, by the numbers in `statfs(2)` and the headers of the kernel. */
const NETWORK: Readonly<Record<number, string>> = {
  26985: 'NFS',
  20859: 'SMB',
  4283649346: 'CIFS',
  4266872130: 'SMB',
  1397113167: 'AFS',
  1799439955: 'AFS',
  12805120: 'Ceph',
  198183888: 'Lustre',
  16914839: '9p',
  1937076805: 'Coda',
  22092: 'NCP',
};
const MEMORY: Readonly<Record<number, string>> = { 16914836: 'tmpfs', 2240043254: 'ramfs' };
const LOCAL: Readonly<Record<number, string>> = {
  61267: 'ext4',
  1481003842: 'XFS',
  2435016766: 'Btrfs',
  801189825: 'ZFS',
  2035054128: 'overlay',
  4076150800: 'F2FS',
  3393526350: 'bcachefs',
};
const FUSE = 0x65735546;

/** @param type of the file system, as `statfs` returns it */
export function checkDrive(type: number, platform: NodeJS.Platform): SetUpFinding {
  if (platform !== 'linux') return finding('drive_unknown', {});
  // Some builds of Node.js return it as a signed number.
  const known = type >>> 0;
  const [network, memory, local] = [NETWORK[known], MEMORY[known], LOCAL[known]];
  if (network !== undefined) return finding('drive_network', { kind: network });
  if (memory !== undefined) return finding('drive_memory', { kind: memory });
  if (known === FUSE) return finding('drive_fuse', {});
  return local === undefined
    ? finding('drive_unknown', {})
    : finding('drive_local', { kind: local });
}

import { finding, type SetUpFinding } from '../../messages/findings.ts';
import { isLoopback, type Proxies, proxyKind } from '../../platform/network/proxies.ts';

/** Judges without a request. @param target of requests; undefined where no webhook is set */
export function checkProxy({ exempt, ...proxies }: Proxies, target: URL | undefined): SetUpFinding {
  const used = proxies[target?.protocol === 'http:' ? 'http' : 'https'];
  if (used === undefined) return finding('proxy_none', {});
  const [host, proxy] = [target?.host ?? 'the portal', used.host];
  if (target && isLoopback(target)) return finding('proxy_unneeded', { host, proxy });
  const isUsed = target === undefined || proxyKind(exempt, target) !== undefined;
  return finding(isUsed ? 'proxy_used' : 'proxy_bypassed', { host, proxy });
}

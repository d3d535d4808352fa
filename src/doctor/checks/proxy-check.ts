import { isExempt, type NetworkSettings } from '../../config/network-settings.ts';
import { finding, type SetUpFinding } from '../../messages/findings.ts';

/** Where requests go. */
export interface Target {
  readonly host: string;
  readonly usesTls: boolean;
}

/**
 * @param target of requests; undefined where no webhook is set
 * @returns whether they go through a proxy, as far as is known without a request
 */
export function checkProxy(
  network: NetworkSettings,
  target: Target | undefined,
): SetUpFinding<
  | 'proxy_none'
  | 'proxy_used'
  | 'proxy_bypassed'
  | 'proxy_ignored'
  | 'proxy_in_dotenv'
  | 'proxy_no_url'
> {
  const { onlyInDotenv, noProxy, usesEnvProxy } = network;
  if (onlyInDotenv.length > 0) {
    return finding('proxy_in_dotenv', { names: onlyInDotenv.join(', ') });
  }
  const set = target?.usesTls === false ? network.httpProxy : network.httpsProxy;
  if (set === undefined) return finding('proxy_none', {});
  const { name } = set;
  const url = URL.parse(set.value);
  if (url === null || !/^https?:$/.test(url.protocol)) return finding('proxy_no_url', { name });
  const [host, proxy] = [target?.host ?? 'the portal', url.host];
  const address = target && URL.parse(`${target.usesTls ? 'https' : 'http'}://${target.host}`);
  if (address && isExempt(noProxy, address)) return finding('proxy_bypassed', { host, proxy });
  if (!usesEnvProxy) return finding('proxy_ignored', { name });
  return finding('proxy_used', { host, proxy });
}

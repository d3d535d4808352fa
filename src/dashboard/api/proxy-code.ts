/** What an answer says that comes from another server, such as a proxy, instead of this program. */
export type ProxyCode =
  | 'proxy_too_large'
  | 'proxy_login'
  | 'proxy_away'
  | 'proxy_slow'
  | 'proxy_other';

/** @param status of an answer that is not from this program; 0: a redirect, usually to a login page */
export function proxyCodeOf(status: number): ProxyCode {
  switch (status) {
    case 413:
      return 'proxy_too_large';
    case 0:
    case 200:
    case 401:
    case 403:
    case 407:
      return 'proxy_login';
    case 502:
    case 503:
      return 'proxy_away';
    case 504:
      return 'proxy_slow';
    default:
      return 'proxy_other';
  }
}

import { inspect } from 'node:util';
import { type UserId, userId } from '../../domain/pairs/ids.ts';
import { maskSecrets } from '../../domain/text/credentials.ts';

/** Bitrix24 shows a webhook with a method behind the code, such as `profile.json`. */
const PATH = /^\/rest\/(\d{1,10})\/([\w-]+)(?:\/[A-Za-z][\w.]*)?\/?$/;
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * An incoming webhook: the address of a portal together with a person's password to it
 * ("Incoming and Outgoing Webhooks"). No printed form of it shows the code.
 */
export class Webhook {
  readonly #url: string;
  /** Host and port: names the portal in the ledger, the budget and messages. */
  readonly portal: string;
  /** The person in whose name the webhook acts. */
  readonly callerId: UserId;
  /** Whether the portal is on this machine: the sandbox. */
  readonly isLoopback: boolean;

  private constructor(url: string, portal: string, callerId: UserId) {
    this.#url = url;
    this.portal = portal;
    this.isLoopback = LOOPBACK.test(new URL(url).hostname);
    this.callerId = callerId;
  }

  /**
   * @param text `https://PORTAL/rest/USER/CODE/`, also with a method behind it, which is cut off; `http`
   * is accepted for loopback only
   * @returns the webhook, or a text that says what is wrong, without the code
   */
  static parse(text: string): Webhook | string {
    const url = URL.parse(text.trim());
    if (url === null) return 'is not a URL';
    if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'must start with https://';
    if (url.protocol === 'http:' && !LOOPBACK.test(url.hostname)) {
      return 'must start with https:// (http is for this machine only)';
    }
    if (url.username !== '' || url.password !== '') return 'must not hold a user name or password';
    if (url.search !== '' || url.hash !== '') return 'must end after the code';
    if (/^\/REST\//.test(url.pathname)) return 'must have /rest/ in small letters';
    const [, user = '', code = ''] = PATH.exec(url.pathname) ?? [];
    const callerId = userId(Number(user));
    if (callerId === undefined) return 'has another form than …/rest/USER/CODE/';
    return new Webhook(`${url.origin}/rest/${user}/${code}/`, url.host, callerId);
  }

  /** Whether requests use TLS; only those to this machine may do without. */
  get usesTls(): boolean {
    return this.#url.startsWith('https:');
  }

  /** @returns the address for a method's requests: a secret, for sending requests only. */
  methodUrl(method: string): string {
    return `${this.#url}${method}.json`;
  }

  /** @returns the text with each occurrence of the code masked. */
  redact(text: string): string {
    const code = this.#url.split('/').at(-2) ?? '';
    return maskSecrets(text, [code]);
  }

  toString(): string {
    return this.redact(this.#url);
  }

  toJSON(): string {
    return this.toString();
  }

  [inspect.custom](): string {
    return `Webhook(${this.toString()})`;
  }
}

import { inspect } from 'node:util';
import { type UserId, userId } from '../../domain/pairs/ids.ts';
import { maskSecrets } from '../../domain/text/credentials.ts';

/**
 * What follows host and port. A self-hosted portal can have folders in front of `/rest/`; `api/` is
 * REST 3.0, which serves the same webhook but lacks the methods of groups. Bitrix24 shows a webhook with
 * a method behind the code, such as `profile.json`.
 */
const PATH = /^((?:\/(?!rest\/)[\w.~%-]+)*)\/rest\/(?:api\/)?(\d{1,10})\/([\w-]+)(\/.*)?$/;
const METHOD = /^\/(?:[A-Za-z][\w.]*\/?)?$/;
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

const QUOTES = '"\'`“”„‟‘’‚‛«»‹›<>';
/** Also what ends a sentence or an item of a list. */
const AROUND = new RegExp(`^[\\s(${QUOTES}]+|[\\s),;.${QUOTES}]+$`, 'gu');
/** What stands in front of an address in a command, in `.env`, in YAML and in JSON. */
const PREFIX = /^(?:curl\s|(?:export\s+)?[A-Za-z_]\w*["']?\s*(?:=|:\s))/;
/** The end of an address, from the path on. */
const FROM_CODE = /\/rest\/(?:api\/)?\d+\/[\w-]/i;
/** Copied text can have them anywhere. */
const INVISIBLE = /[\p{Cf}\p{Cc}]/gu;

/**
 * An incoming webhook: the address of a portal together with a person's password to it
 * ("Incoming and Outgoing Webhooks"). No printed form of it shows the code.
 */
export class Webhook {
  readonly #url: string;
  /** Scheme, host and port. */
  readonly origin: string;
  /** Host, port and folder, if any: names the portal in the ledger, the budget and messages. */
  readonly portal: string;
  /** The person in whose name the webhook acts. */
  readonly callerId: UserId;
  /** Whether the portal is on this machine: the sandbox. */
  readonly isLoopback: boolean;

  private constructor(url: string, portal: string, callerId: UserId) {
    this.#url = url;
    this.portal = portal;
    const { origin, hostname } = new URL(url);
    this.origin = origin;
    this.isLoopback = LOOPBACK.test(hostname);
    this.callerId = callerId;
  }

  /**
   * @param text `https://PORTAL/rest/USER/CODE/`, also as it is copied: with blanks, quotes or punctuation around
   * it, after `curl` or `NAME=`, without `https://`, with a method behind the code, or with `/rest/api/`. `http` is
   * accepted for loopback only
   * @returns the webhook, or a text that says what is wrong, without the code
   */
  static parse(text: string): Webhook | string {
    const visible = text.replace(INVISIBLE, '').replace(AROUND, '');
    const copied = visible.replace(PREFIX, '').replace(AROUND, '');
    if (/\s/.test(copied)) return faultOfSpace(copied);
    if (!/:\/|\/rest\//i.test(copied)) return 'is not a URL';
    const url = URL.parse(/:\//.test(copied) ? copied : `https://${copied.replace(/^\/+/, '')}`);
    if (url === null) return 'is not a URL';
    const fault = faultOfUrl(url, /^https?:\//i.test(copied));
    if (fault !== undefined) return fault;
    const path = url.pathname.replace(/\/{2,}/g, '/');
    if (/\/REST\//.test(path)) return 'must have /rest/ in lower case';
    const [, folder = '', user = '', code = '', rest = '/'] = PATH.exec(path) ?? [];
    const callerId = userId(Number(user));
    // An address that was pasted twice, as part of which `rest` looks like a host.
    const isTwice = folder.includes(code);
    if (callerId === undefined || isTwice) return 'has another form than …/rest/USER/CODE/';
    if (!METHOD.test(rest)) return 'must end after the code: cut off what follows it';
    const portal = `${url.host}${folder}`;
    return new Webhook(`${url.origin}${folder}/rest/${user}/${code}/`, portal, callerId);
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

function faultOfSpace(copied: string): string {
  if (/^(?!https?:).*?https?:\//i.test(copied))
    return 'must start with https://: cut off what precedes it';
  const code = copied.search(FROM_CODE);
  if (code >= 0 && /\s/.test(copied.slice(code)))
    return 'must end after the code: cut off the space and what follows it';
  return 'has a space in it: remove it';
}

function faultOfUrl(url: URL, hasScheme: boolean): string | undefined {
  const isLocal = LOOPBACK.test(url.hostname);
  if (!hasScheme && isLocal) return 'must start with http:// or https://';
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'must start with https://';
  if (url.protocol === 'http:' && !isLocal) {
    return 'must start with https:// (http is for this machine only)';
  }
  if (url.username !== '' || url.password !== '') return 'must not contain a user name or password';
  if (url.search !== '') return 'must end after the code: cut off the ? and what follows it';
  if (url.hash !== '') return 'must end after the code: cut off the # and what follows it';
  return undefined;
}

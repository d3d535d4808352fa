import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { onTestFinished } from 'vitest';

/** An element of DER: its tag, its length, its content. */
function der(tag: number, ...content: Buffer[]): Buffer {
  const body = Buffer.concat(content);
  const size = body.length;
  const length = size < 128 ? [size] : size < 256 ? [0x81, size] : [0x82, size >> 8, size & 255];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
}

const sequence = (...content: Buffer[]): Buffer => der(0x30, ...content);
const integer = (value: number): Buffer => der(0x02, Buffer.from([value]));
const objectId = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));
const time = (text: string): Buffer => der(0x18, Buffer.from(text));

const ECDSA_WITH_SHA256 = sequence(objectId('2a8648ce3d040302'));
const nameOf = (text: string): Buffer =>
  sequence(der(0x31, sequence(objectId('550403'), der(0x0c, Buffer.from(text)))));

const alternatives = (...names: Buffer[]): Buffer =>
  sequence(objectId('551d11'), der(0x04, sequence(...names)));
const LOOPBACK = der(0x87, Buffer.from([127, 0, 0, 1]));
const dns = (name: string): Buffer => der(0x82, Buffer.from(name));
const IS_AUTHORITY = sequence(
  objectId('551d13'),
  der(0x01, Buffer.from([255])),
  der(0x04, sequence(der(0x01, Buffer.from([255])))),
);

interface Identity {
  key: string;
  cert: string;
}

interface Wanted {
  subject: string;
  issuer: string;
  until: string;
  extension: Buffer;
  /** Signs it. @default its own key */
  by?: KeyObject;
}

function certify({ subject, issuer, until, extension, by }: Wanted) {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const body = sequence(
    der(0xa0, integer(2)),
    integer(1),
    ECDSA_WITH_SHA256,
    nameOf(issuer),
    sequence(time('20000101000000Z'), time(until)),
    nameOf(subject),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(extension)),
  );
  const signature = der(0x03, Buffer.from([0]), sign('sha256', body, by ?? privateKey));
  const lines = sequence(body, ECDSA_WITH_SHA256, signature)
    .toString('base64')
    .match(/.{1,64}/g);
  const cert = ['-----BEGIN CERTIFICATE-----', ...(lines ?? []), '-----END CERTIFICATE-----', ''];
  const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  return { key, cert: cert.join('\n'), privateKey };
}

const LATE = '20991231235959Z';

/**
 * Makes a key and a self-signed certificate for 127.0.0.1, so that no test needs a program for
 * that, nor a key among its files.
 *
 * @param until `YYYYMMDDhhmmssZ`
 */
export function selfSigned(until = LATE): Identity {
  const subject = 'portal.example';
  return certify({ subject, issuer: subject, until, extension: alternatives(LOOPBACK) });
}

/** @returns the certificate of a new authority, and one that it has signed for these names */
export function signedByAuthority(...names: string[]): Identity & { authority: string } {
  const issuer = 'A company';
  const root = certify({ subject: issuer, issuer, until: LATE, extension: IS_AUTHORITY });
  const extension = alternatives(...names.map(dns));
  const by = root.privateKey;
  const { key, cert } = certify({ subject: 'A server', issuer, until: LATE, extension, by });
  return { key, cert, authority: root.cert };
}

/** Makes this process trust the certificate, and nothing else, until the test ends. */
export function trust(cert: string): void {
  const before = getCACertificates('default');
  setDefaultCACertificates([cert]);
  onTestFinished(() => setDefaultCACertificates(before));
}

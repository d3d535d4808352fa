import { X509Certificate } from 'node:crypto';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { Problem } from '../domain/errors/problem.ts';
import { readTextFile } from '../files/text/text-file.ts';
import { WrongSettings } from './wrong-settings.ts';

const NAME = 'NODE_EXTRA_CA_CERTS';
const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/**
 * @param path file in PEM
 * @returns its certificates
 * @throws WrongSettings when it cannot be read or has none
 */
export function readAuthorities(path: string): string[] {
  const remedy =
    'Set it to the file with the certificate of the authority, in PEM (-----BEGIN CERTIFICATE-----).';
  try {
    const certificates =
      readTextFile(path, `${NAME} names ${path}, which`).match(CERTIFICATE) ?? [];
    if (certificates.length > 0 && certificates.every(isCertificate)) return [...certificates];
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    // A certificate in DER is no text.
    const isText = error.coded.code !== 'text_file_encoding';
    if (isText) throw new WrongSettings([fault(error.message)], error.remedy);
  }
  const what = `${NAME} names ${path}, which has no certificate in PEM.`;
  throw new WrongSettings([fault(what)], remedy);
}

const fault = (what: string) => ({ names: [NAME], what });

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0;
  } catch {
    return false;
  }
}

/** Makes all TLS connections of this thread trust these authorities too, as Node.js does at its start. */
export function trustAuthorities(certificates: readonly string[]): void {
  if (certificates.length === 0) return;
  setDefaultCACertificates([...getCACertificates('default'), ...certificates]);
}

/**
 * Why a certificate is refused: no authority that this machine trusts has signed it, or it is not valid for
 * this host, this use or today.
 */
export type CertificateFault = 'untrusted' | 'unfit';

/** Codes of Node.js ("X509 certificate error codes"), and its codes for a wrong host. */
const FAULTS: Readonly<Record<CertificateFault, readonly string[]>> = {
  untrusted: [
    ...['UNABLE_TO_GET_ISSUER_CERT', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY'],
    ...['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'UNABLE_TO_DECRYPT_CERT_SIGNATURE'],
    ...['UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY', 'CERT_SIGNATURE_FAILURE'],
    ...['DEPTH_ZERO_SELF_SIGNED_CERT', 'SELF_SIGNED_CERT_IN_CHAIN'],
    ...['CERT_UNTRUSTED', 'CERT_REJECTED', 'CERT_CHAIN_TOO_LONG'],
    ...['INVALID_CA', 'PATH_LENGTH_EXCEEDED'],
    // About the authority's revocation list.
    ...['UNABLE_TO_GET_CRL', 'UNABLE_TO_DECRYPT_CRL_SIGNATURE', 'CRL_SIGNATURE_FAILURE'],
    ...['CRL_NOT_YET_VALID', 'CRL_HAS_EXPIRED'],
    ...['ERROR_IN_CRL_LAST_UPDATE_FIELD', 'ERROR_IN_CRL_NEXT_UPDATE_FIELD'],
  ],
  unfit: [
    ...['CERT_NOT_YET_VALID', 'CERT_HAS_EXPIRED', 'CERT_REVOKED', 'INVALID_PURPOSE'],
    ...['ERROR_IN_CERT_NOT_BEFORE_FIELD', 'ERROR_IN_CERT_NOT_AFTER_FIELD'],
    ...['HOSTNAME_MISMATCH', 'ERR_TLS_CERT_ALTNAME_INVALID', 'ERR_TLS_CERT_ALTNAME_FORMAT'],
  ],
};

const BY_CODE: ReadonlyMap<string, CertificateFault> = new Map([
  ...FAULTS.untrusted.map((code) => [code, 'untrusted'] as const),
  ...FAULTS.unfit.map((code) => [code, 'unfit'] as const),
]);

/**
 * @param text an error's code, or a text that contains it
 * @returns the fault of a certificate; undefined when the error is about something else
 */
export function certificateFaultIn(text: string): CertificateFault | undefined {
  const words = text.match(/\w+/g) ?? [];
  return words.map((word) => BY_CODE.get(word)).find((fault) => fault !== undefined);
}

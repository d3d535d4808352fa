/** How Node.js itself connects to other machines, from the environment. */
export interface NetworkSettings {
  /** Whether Node.js checks certificates; the default unless it is switched off. */
  readonly checksCertificates: boolean;
  /** The file with additional certificate authorities that Node.js read when it started. */
  readonly extraCaCerts: string | undefined;
}

/** Reads the settings that Node.js reads from the environment before the program starts. */
export const networkSettings = (
  environment: Readonly<Record<string, string | undefined>>,
): NetworkSettings => ({
  checksCertificates: environment.NODE_TLS_REJECT_UNAUTHORIZED !== '0',
  extraCaCerts: environment.NODE_EXTRA_CA_CERTS || undefined,
});

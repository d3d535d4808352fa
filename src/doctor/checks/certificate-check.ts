import { certificateFaultIn } from '../../domain/errors/certificate-fault.ts';
import { finding, type SetUpFinding } from '../../messages/findings.ts';
import { describeFailure, type PortalFailure } from '../../portal/http/failure.ts';

/** @returns whether a request failed because of the portal's certificate */
export const isAboutCertificate = ({ kind, code }: PortalFailure): boolean =>
  kind === 'not_sent' && certificateFaultIn(code) !== undefined;

/** What is known about the connection to the portal. */
export interface TlsFacts {
  readonly portal: string;
  readonly usesTls: boolean;
  /** Why it could not be reached; undefined when it answered. */
  readonly failure: PortalFailure | undefined;
  /** Whether Node.js checks the certificate. */
  readonly isChecked: boolean;
  /** End of its validity; undefined when none was seen. Unix milliseconds, as is `now`. */
  readonly endsAt: number | undefined;
  readonly now: number;
}

/** A certificate with automatic renewal is renewed earlier than this before its end, in milliseconds. */
const SOON_MS = 14 * 86_400_000;

/** @returns undefined when it is unknown, since the portal was not reached */
export function checkCertificate({
  portal,
  usesTls,
  failure,
  isChecked,
  endsAt,
  now,
}: TlsFacts): SetUpFinding | undefined {
  if (!usesTls) return finding('certificate_unneeded', { portal });
  if (!isChecked) return finding('certificate_unchecked', { portal });
  if (failure !== undefined && isAboutCertificate(failure)) {
    return finding('certificate_refused', { portal, said: describeFailure(failure) });
  }
  if (failure !== undefined) return undefined;
  if (endsAt === undefined) return finding('certificate_trusted', { portal });
  const until = new Date(endsAt).toISOString().slice(0, 10);
  const isSoon = endsAt - now <= SOON_MS;
  return finding(isSoon ? 'certificate_ends_soon' : 'certificate_valid', { portal, until });
}

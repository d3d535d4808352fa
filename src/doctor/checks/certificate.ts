import { type Finding, finding } from '../../domain/set-up/findings.ts';
import { describeFailure, type PortalFailure } from '../../portal/failure.ts';

/** As Node.js calls what is wrong with a certificate. */
const OF_CERTIFICATES =
  /CERT|SELF_SIGNED|UNABLE_TO_(GET|VERIFY)|ALTNAME|INVALID_(CA|PURPOSE)|PATH_LENGTH_EXCEEDED/;

/** @returns whether a request failed for the portal's certificate */
export const isAboutCertificate = ({ kind, code }: PortalFailure): boolean =>
  kind === 'not_sent' && OF_CERTIFICATES.test(code);

/** What is known of the way to the portal. */
export interface TlsFacts {
  readonly portal: string;
  readonly usesTls: boolean;
  /** Why it could not be reached; undefined when it answered. */
  readonly failure: PortalFailure | undefined;
  /** Whether Node.js checks it. */
  readonly isChecked: boolean;
  /** Whether Node.js was given a file with certificate authorities and cannot read it. */
  readonly lacksFile: boolean;
}

/** @returns undefined when nobody knows, since the portal was not reached */
export function checkCertificate({
  portal,
  usesTls,
  failure,
  isChecked,
  lacksFile,
}: TlsFacts):
  | Finding<
      | 'certificate_unneeded'
      | 'certificate_unchecked'
      | 'certificate_refused'
      | 'certificate_file_unreadable'
      | 'certificate_trusted'
    >
  | undefined {
  if (!usesTls) return finding('certificate_unneeded', { portal });
  if (!isChecked) return finding('certificate_unchecked', { portal });
  if (failure !== undefined && isAboutCertificate(failure)) {
    return finding('certificate_refused', { portal, said: describeFailure(failure) });
  }
  if (lacksFile) return finding('certificate_file_unreadable', {});
  return failure === undefined ? finding('certificate_trusted', { portal }) : undefined;
}

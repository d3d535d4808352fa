import type { ImportState } from '../../domain/imports/import.ts';
import type { Outcome } from '../../domain/pairs/outcome.ts';

/** A public word: its short label, and one sentence that says what it means. */
export interface Term {
  label: string;
  meaning: string;
}

/** The outcomes of rows and the states of imports, as people read them everywhere. */
export const outcomesEn = {
  outcome: {
    invited: { label: 'Invited', meaning: 'The invitation was sent.' },
    skipped: {
      label: 'Skipped',
      meaning:
        'No invitation is needed: the person is a member, has already been invited, or is the webhook’s own user.',
    },
    failed: { label: 'Failed', meaning: 'The person could not be invited.' },
    unknown: {
      label: 'Unknown',
      meaning: 'It could not be confirmed whether, or why not, the person was invited.',
    },
    rejected: {
      label: 'Rejected',
      meaning: 'The row has an error, so no invitation can be made from it.',
    },
    duplicate: {
      label: 'Duplicate',
      meaning: 'The same group and person are on an earlier line of the file.',
    },
    cancelled: {
      label: 'Cancelled',
      meaning: 'The import was cancelled, or this invitation left out, before it was sent.',
    },
    withdrawn: {
      label: 'Withdrawn',
      meaning: 'The person was invited, and the invitation was withdrawn while it was pending.',
    },
    pending: { label: 'Pending', meaning: 'The invitation has no result yet.' },
  } satisfies Record<Outcome, Term>,
  state: {
    reading: { label: 'Reading', meaning: 'The file is being read.' },
    ready: { label: 'Ready', meaning: 'The file has been read, and the import can be started.' },
    running: { label: 'Running', meaning: 'Invitations are being sent.' },
    pausing: {
      label: 'Pausing',
      meaning: 'Requests already sent are being finished, and no new ones are sent.',
    },
    paused: { label: 'Paused', meaning: 'Nothing is sent until the import is resumed.' },
    held: {
      label: 'Held',
      meaning: 'Bitrix24 is not accepting invitations, and the import continues once it does.',
    },
    finished: { label: 'Finished', meaning: 'Every row has a result.' },
    cancelling: {
      label: 'Cancelling',
      meaning: 'Requests already sent are being finished, and no new ones are sent.',
    },
    cancelled: {
      label: 'Cancelled',
      meaning: 'The import was cancelled, and nothing more is sent.',
    },
  } satisfies Record<ImportState, Term>,
};

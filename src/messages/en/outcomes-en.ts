export const outcomesEn = {
  outcome: {
    invited: 'Invited',
    skipped: 'Nothing to do',
    failed: 'Not invited',
    unknown: 'Not known',
    rejected: 'Not readable',
    duplicate: 'Duplicate',
    cancelled: 'Cancelled',
    pending: 'Waiting',
  },
  state: {
    reading: 'Being read',
    ready: 'Ready to start',
    running: 'Inviting',
    held: 'Stopped by the portal',
    pausing: 'Pausing',
    paused: 'Paused',
    finished: 'Done',
    cancelling: 'Cancelling',
    cancelled: 'Cancelled',
  },
};

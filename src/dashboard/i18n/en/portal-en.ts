export const portalEn = {
  title: 'Portal',
  open: 'The portal takes invitations.',
  requests: 'Requests waiting at the portal',
  requestsHint: (perSecond: string) =>
    `The portal takes ${perSecond} a second on average; when its bucket is full, the program waits.`,
  operating: 'Seconds used for inviting',
  operatingHint: (limit: string, window: string) =>
    `The portal gives inviting ${limit} within any ${window}; then the program waits.`,
  invited: 'Invitations over the last hour',
  inFlight: 'Requests under way',
  cost: 'Server time for one invitation',
  unknownCost: 'not known before the first',
  costOverTime: 'Server time for one invitation over the last hour, ms',
  milliseconds: (n: string) => `${n} ms`,
  of: (n: string, limit: string) => `${n} of ${limit}`,
  overTime: (what: string) => `${what}, over the last hour`,
  errors: 'What the portal refused',
  noErrors: 'Nothing so far.',
  errorHead: { when: 'When', what: 'What' },
  nowTitle: 'Now',
};

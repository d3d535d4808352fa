export const portalEn = {
  title: 'Portal',
  open: 'Connected',
  requests: 'Request quota used',
  requestsHint: (perSecond: string) =>
    `Bitrix24 accepts ${perSecond} requests per second on average. When the quota is used up, requests wait.`,
  operating: 'Invitation time used',
  operatingHint: (limit: string, window: string) =>
    `Bitrix24 allows ${limit} of server time for invitations in any ${window}. When the time is used up, requests wait.`,
  invited: 'Invitations in the last hour',
  inFlight: 'Requests in progress',
  cost: 'Server time per invitation',
  unknownCost: 'measured with the first invitations',
  costOverTime: 'Server time per invitation in the last hour, ms',
  milliseconds: (n: string) => `${n} ms`,
  of: (n: string, limit: string) => `${n} of ${limit}`,
  overTime: (what: string) => `${what} in the last hour`,
  errors: 'Errors from Bitrix24',
  noErrors: 'No errors.',
  errorHead: { when: 'Time', what: 'Error' },
  nowTitle: 'Now',
};

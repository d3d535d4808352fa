export const notifyEn = {
  notify: 'Notify me about imports',
  why: {
    denied: 'This browser blocks notifications. Allow them in the site settings.',
    insecure: 'Notifications need HTTPS.',
    impossible: 'This browser does not support notifications.',
  },
  finished: (file: string) => `${file}: finished`,
  result: (invited: string, all: string) => `${invited} of ${all} invited.`,
  held: (file: string) => `${file}: held`,
  waiting: (file: string) => `${file}: waiting`,
  until: (time: string) => `Continues at ${time}.`,
};

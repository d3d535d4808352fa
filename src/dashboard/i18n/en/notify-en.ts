export const notifyEn = {
  one: 'Notify me when it ends',
  all: 'Notify me when an import ends',
  why: {
    denied: 'This browser does not let the page notify you: allow it in the settings of the site.',
    insecure: 'Browsers notify only from pages that come over HTTPS.',
    impossible: 'This browser cannot notify you.',
  },
  finished: (file: string) => `${file}: done`,
  result: (invited: string, all: string) => `${invited} of ${all} invited.`,
  held: (file: string) => `${file}: stopped by the portal`,
  waiting: (file: string) => `${file}: waiting`,
  until: (time: string) => `The portal lets nothing through until ${time}.`,
};

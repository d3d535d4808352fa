/** The kinds of plan that differ in their limits ("REST API Limits"); a box is a self-hosted portal. */
export const PLANS = ['enterprise', 'cloud', 'box', 'unknown'] as const;
export type Plan = (typeof PLANS)[number];

/**
 * @param license the portal's name for its plan, as `app.info` reports it; undefined when it does not
 * @returns the kind of plan
 */
export function planOf(license: string | undefined): Plan {
  if (license === undefined) return 'unknown';
  if (/(^|_)selfhosted/i.test(license)) return 'box';
  return /(^|_)ent/i.test(license) ? 'enterprise' : 'cloud';
}

/** Whether the portal may change invitation texts before it sends them: the proactive filter is part of a box. */
export const mayChangeTexts = (plan: Plan): boolean => plan === 'box' || plan === 'unknown';

/** Where a limit comes from; `default` is the usual limit of a cloud portal whose plan is not known. */
export const LIMIT_SOURCES = ['setting', 'plan', 'answers', 'default'] as const;
export type LimitSource = (typeof LIMIT_SOURCES)[number];

/** A limit and its source, in words. */
export interface LimitInWords {
  readonly limit: string;
  readonly source: string;
}

/**
 * @returns the limits in one line, each with its source; one that all share stands once, at the end
 * @example listLimits([{ limit: '2 a second', source: 'as set' }, { limit: '50 at once', source: 'by the plan' }])
 * // '2 a second (as set), 50 at once (by the plan)'
 */
export function listLimits(limits: readonly LimitInWords[]): string {
  const [source, ...others] = new Set(limits.map((each) => each.source));
  if (others.length === 0) return `${limits.map(({ limit }) => limit).join(', ')} (${source})`;
  return limits.map(({ limit, source }) => `${limit} (${source})`).join(', ');
}

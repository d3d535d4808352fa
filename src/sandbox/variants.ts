/** Answers that differ between portals; fixed when the portal starts. */
export interface Variants {
  /** Status of errors of authorization: served as 401, documented as 400, 401 and 403. @default 401 */
  authErrorStatus: 400 | 401 | 403;
  /** Changes a MESSAGE that resembles SQL or HTML, as the filter of a box does. @default false */
  proactiveFilter: boolean;
  /** Workgroups are switched off: every invitation is answered with an empty list. @default false */
  workgroupsOff: boolean;
  /** An error in a batch has the code and text of an invitation that was declined before it. @default true */
  staleErrors: boolean;
}

export const DEFAULT_VARIANTS: Variants = {
  authErrorStatus: 401,
  proactiveFilter: false,
  workgroupsOff: false,
  staleErrors: true,
};

/** Why a read from the portal has to wait. */
export const WAIT_REASONS = ['operating', 'requests', 'no_answer'] as const;

export type WaitReason = (typeof WAIT_REASONS)[number];

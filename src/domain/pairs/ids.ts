declare const brand: unique symbol;

/** The number of a workgroup or project on the portal: a positive integer. */
export type GroupId = number & { readonly [brand]: 'GroupId' };

/** The number of a person on the portal: a positive integer. */
export type UserId = number & { readonly [brand]: 'UserId' };

/** Bitrix24 keeps ids in signed 32-bit columns; a larger number cannot name anything. */
export const MAX_ID = 2_147_483_647;

const isId = (value: number): boolean => Number.isInteger(value) && value > 0 && value <= MAX_ID;

/** @returns the number as a group's id, or undefined when no group can have it. */
export const groupId = (value: number): GroupId | undefined =>
  isId(value) ? (value as GroupId) : undefined;

/** @returns the number as a user's id, or undefined when no user can have it. */
export const userId = (value: number): UserId | undefined =>
  isId(value) ? (value as UserId) : undefined;

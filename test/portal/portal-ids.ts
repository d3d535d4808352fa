import { type GroupId, groupId, type UserId, userId } from '../../src/domain/pairs/ids.ts';

/** @returns the number as a group's id */
export function group(value: number): GroupId {
  const id = groupId(value);
  if (id === undefined) throw new RangeError(`${value} is no id`);
  return id;
}

/** @returns the number as a user's id */
export function user(value: number): UserId {
  const id = userId(value);
  if (id === undefined) throw new RangeError(`${value} is no id`);
  return id;
}

/** A workgroup of the default seed, its relations as lists of user ids. */
export interface GroupPlan {
  readonly id: number;
  readonly name: string;
  readonly owner: number;
  readonly moderators?: readonly number[];
  readonly members?: readonly number[];
  /** Invited by the group, not yet answered. */
  readonly invited?: readonly number[];
  /** Asks to join, not yet answered. */
  readonly asking?: readonly number[];
  readonly banned?: readonly number[];
  /** @default true */
  readonly visible?: boolean;
  /** @default true */
  readonly callerMayInvite?: boolean;
}

const range = (first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

/** The sixteen groups of the default seed; user 1 is the webhook's own. */
export const GROUP_PLANS: readonly GroupPlan[] = [
  { id: 2, name: 'Marketing', owner: 1, moderators: [3], members: range(4, 11) },
  {
    id: 4,
    name: 'Отдел продаж',
    owner: 12,
    moderators: [1],
    members: range(13, 24),
    invited: [25, 26],
  },
  { id: 7, name: 'Website Relaunch 2026', owner: 1, members: [5, 9, 30, 31], invited: [32] },
  { id: 9, name: 'Бухгалтерия и отчётность', owner: 34, moderators: [1], members: range(35, 39) },
  {
    id: 11,
    name: 'Customer Support',
    owner: 1,
    moderators: [42, 43],
    members: range(44, 58),
    banned: [59],
  },
  { id: 12, name: 'Проект «Север»', owner: 60, members: [1, 61, 62, 63], asking: [65] },
  { id: 15, name: 'IT Infrastructure', owner: 1, moderators: [66], members: range(67, 72) },
  { id: 18, name: 'Найм и адаптация', owner: 1, members: [73, 74, 75], invited: [76, 78] },
  { id: 21, name: 'Warehouse & Logistics', owner: 79, members: [1, ...range(80, 87)] },
  { id: 23, name: 'Product Design', owner: 1, members: range(89, 94), banned: [95] },
  {
    id: 26,
    name: 'Совет директоров',
    owner: 96,
    moderators: [97],
    members: [98, 99, 100],
    visible: false,
    callerMayInvite: false,
  },
  { id: 28, name: 'Quality Assurance', owner: 101, members: [1, ...range(102, 107)] },
  { id: 31, name: 'Volleyball on Thursdays', owner: 1, members: [15, 47, 70, 103] },
  {
    id: 33,
    name: 'Юридический отдел',
    owner: 108,
    members: [1, ...range(109, 113)],
    callerMayInvite: false,
  },
  { id: 36, name: 'New Employees, Spring', owner: 1, moderators: [73], members: [74] },
  { id: 40, name: 'ERP Rollout', owner: 114, moderators: [1], members: range(115, 121) },
];

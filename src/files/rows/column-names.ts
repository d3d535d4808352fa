/** The columns that the program uses. */
export type Role = 'group' | 'user' | 'message';

/**
 * Known header names, without blanks and punctuation: `Group ID`, `group_id` and `groupId` are one
 * name.
 */
const NAMES: Readonly<Record<Role, ReadonlySet<string>>> = {
  group: new Set(
    `group groups groupid groupids groupname idgroup sonetgroup sonetgroupid workgroup workgroups
    workgroupid workgroupname project projects projectid projectname
    группа группы группаid idгруппы idгрупп идгруппы кодгруппы номергруппы названиегруппы имягруппы
    рабочаягруппа рабочиегруппы idрабочейгруппы идрабочейгруппы названиерабочейгруппы
    проект проекты проектid idпроекта идпроекта кодпроекта номерпроекта названиепроекта имяпроекта`.split(
      /\s+/,
    ),
  ),
  user: new Set(
    `user users userid userids iduser id ids employee employees employeeid employeeids colleague
    colleagues person member members memberid email emails emailaddress mail useremail employeeemail
    workemail corporateemail
    пользователь пользователи пользовательid idпользователя idпользователей идпользователя
    кодпользователя номерпользователя сотрудник сотрудники сотрудникid idсотрудника idсотрудников
    идсотрудника кодсотрудника участник участники idучастника ид
    почта эпочта элпочта электроннаяпочта адресэлектроннойпочты адрессэлектроннойпочты
    почтасотрудника почтапользователя рабочаяпочта корпоративнаяпочта емейл имейл эмейл
    emailсотрудника emailпользователя`.split(/\s+/),
  ),
  message: new Set(
    `message text invitation invitationtext invitationmessage invitemessage invitetext
    сообщение текст приглашение текстприглашения текстсообщения сообщениеприглашения`.split(/\s+/),
  ),
};

/** Example names for messages. */
export const EXAMPLE_NAMES: Readonly<Record<Role, string>> = {
  group: 'group_id, group, project, группа or проект',
  user: 'user_id, user, email, сотрудник or почта',
  message: 'message or сообщение',
};

/** @returns the name normalized for comparison: case, blanks, punctuation and ё do not matter */
export const plainName = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/[^\p{L}\p{N}]/gu, '');

/** @returns the role of a column by its header; undefined for other columns */
export function roleOf(header: string): Role | undefined {
  const name = plainName(header);
  if (NAMES.group.has(name)) return 'group';
  if (NAMES.user.has(name)) return 'user';
  return NAMES.message.has(name) ? 'message' : undefined;
}

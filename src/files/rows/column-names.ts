/** The columns that the program uses. */
export type Role = 'group' | 'user' | 'message';

/** Known header names, without blanks and punctuation: `Group ID` and `group_id` are one name. */
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
    colleagues person member members memberid memberemail memberemailaddress memberobjectidorupn
    memberobjectidoruserprincipalname userprincipalname upn email emails emailaddress mail useremail employeeemail
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

/** @returns the name normalized for comparison: case, blanks, punctuation and ё do not matter */
export const plainName = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/[^\p{L}\p{N}]/gu, '');

/** In templates of Google and Microsoft: `Member e-mail [memberEmail] Required`, `Group Name [Required]`. */
const TEMPLATE_NOTE = /\[[^[\]]*\]|\brequired\b|\boptional\b/gi;

/** @returns the role of a column by its header; undefined for other columns */
export function roleOf(header: string): Role | undefined {
  const role = roleNamed(plainName(header));
  if (role !== undefined || !header.includes('[')) return role;
  const [, noted = ''] = /\[([^[\]]*)\]/.exec(header) ?? [];
  return roleNamed(plainName(header.replace(TEMPLATE_NOTE, ''))) ?? roleNamed(plainName(noted));
}

function roleNamed(name: string): Role | undefined {
  if (NAMES.group.has(name)) return 'group';
  if (NAMES.user.has(name)) return 'user';
  return NAMES.message.has(name) ? 'message' : undefined;
}

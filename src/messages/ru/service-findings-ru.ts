import type { FindingTemplates } from '../set-up/finding-templates.ts';
import type { PORTAL_FINDINGS } from '../set-up/portal-findings.ts';
import type { REDIS_FINDINGS } from '../set-up/redis-findings.ts';

const ANOTHER_REDIS = 'Укажите в REDIS_URL Redis без кластера, или Sentinel (redis+sentinel://…).';
const GIVE_USER = 'Откройте вебхук в Битрикс24 и дайте ему право user или user_basic.';

export const serviceFindingsRu: FindingTemplates<
  keyof typeof REDIS_FINDINGS | keyof typeof PORTAL_FINDINGS
> = {
  redis_installed: ({ name, version }) => [`Установлен ${name} ${version}.`],
  redis_given: () => ['Не нужен: задан REDIS_URL.'],
  redis_missing: () => [
    'Не установлен ни redis-server, ни valkey-server.',
    'Установите (Debian, Ubuntu: sudo apt-get install redis-server; macOS: brew install redis), или укажите в REDIS_URL работающий Redis.',
  ],
  redis_not_started: () => [
    'Не проверено: папку DATA_DIR и свой Redis в ней создаст первый запуск.',
  ],
  redis_answers: ({ name, version, address }) => [`${name} ${version} отвечает: ${address}`],
  redis_info_forbidden: ({ user, said }) => [
    `Пользователю ${user} запрещена команда INFO (${said})`,
    `Разрешите: ACL SETUSER ${user} +info`,
  ],
  redis_version_fits: ({ name, version }) => [`${name} ${version} умеет всё, что нужно.`],
  redis_version_low: ({ name, version }) => [
    `${name} ${version} старше, чем 6.2, как советует очередь.`,
    'Обновите его до 7.2 или новее.',
  ],
  redis_version_too_low: ({ name, version }) => [
    `${name} ${version} слишком стар для очереди.`,
    'Обновите его до 7.2 или новее.',
  ],
  redis_single: () => ['Это один сервер, и не реплика.'],
  redis_cluster: () => ['Это Redis Cluster, с которым очередь не работает.', ANOTHER_REDIS],
  redis_replica: () => [
    'Это реплика, в неё нельзя писать.',
    'Укажите в REDIS_URL главный сервер, или Sentinel (redis+sentinel://…).',
  ],
  redis_keeps_all: () => ['Он ничего не вытесняет (maxmemory-policy noeviction).'],
  redis_evicts: ({ policy }) => [
    `Когда памяти мало, он может выбросить задания (maxmemory-policy ${policy}).`,
    'Задайте maxmemory-policy noeviction.',
  ],
  redis_full: ({ used, most }) => [
    `Его память занята: ${used} из ${most} МБ.`,
    'Дайте ему больше памяти (maxmemory).',
  ],
  redis_policy_hidden: () => ['Он не говорит своей maxmemory-policy; нужна noeviction.'],
  redis_appends: () => ['Он ведёт файл записей (append-only).'],
  redis_no_file: () => [
    'Файла записей (append-only) он не ведёт: после перезапуска очередь восстанавливается из журнала.',
  ],
  redis_cannot_save: () => [
    'Ему не удалось сохранить данные на диск, и он может отказываться писать.',
    'Освободите место на его диске; подробности в его логе.',
  ],
  redis_allows: () => ['Скрипты, запись и каналы разрешены.'],

  webhook_missing: () => [
    'BITRIX24_WEBHOOK_URL не задан.',
    'В Битрикс24 откройте Разработчикам → Другое → Входящий вебхук, дайте ему права sonet_group, socialnetwork и user, и впишите его адрес в BITRIX24_WEBHOOK_URL.',
  ],
  webhook_answers: ({ portal }) => [`${portal} отвечает.`],
  portal_at_work: ({ portal }) => [
    `Не спрошен: импорты занимают всё, что ${portal} сейчас разрешает.`,
    'Попробуйте, когда они закончатся.',
  ],
  certificate_trusted: ({ portal }) => [`Сертификату ${portal} можно верить.`],
  certificate_valid: ({ portal, until }) => [`Сертификату ${portal} можно верить, до ${until}.`],
  certificate_ends_soon: ({ portal, until }) => [
    `Сертификату ${portal} можно верить только до ${until}. Потом портал будет недоступен.`,
    'Попросите администратора портала обновить сертификат или узнайте, обновляется ли он сам.',
  ],
  certificate_unneeded: ({ portal }) => [`${portal} на этой машине, без TLS.`],
  certificate_refused: ({ portal, said }) => [
    `Сертификату ${portal} верить нельзя (${said}).`,
    'Если ваша сеть проверяет TLS, укажите файл с её удостоверяющим центром в NODE_EXTRA_CA_CERTS в окружении (не в .env). Иначе проверьте часы этой машины и имя в BITRIX24_WEBHOOK_URL.',
  ],
  certificate_unchecked: ({ portal }) => [
    `NODE_TLS_REJECT_UNAUTHORIZED=0 отключает проверку сертификатов: любой на пути к ${portal} может прочесть вебхук.`,
    'Уберите её; файл своего удостоверяющего центра укажите в NODE_EXTRA_CA_CERTS в окружении.',
  ],
  certificate_file_unreadable: () => [
    'Файл из NODE_EXTRA_CA_CERTS не прочитать, и Node.js его не учитывает.',
    'Исправьте путь, или уберите NODE_EXTRA_CA_CERTS.',
  ],
  clock_not_known: () => ['Портал не говорит своего времени.'],
  scope_there: ({ scope }) => [`У вебхука есть право ${scope}.`],
  scopes_not_known: () => ['Портал не говорит прав вебхука.'],
  scope_invite_missing: () => [
    'У вебхука нет права sonet_group: приглашать он не может.',
    'Откройте вебхук в Битрикс24 и дайте ему право sonet_group.',
  ],
  scope_groups_missing: () => [
    'У вебхука нет права socialnetwork: не узнать, почему портал кого-то пропустил и что сделал запрос без ответа.',
    'Откройте вебхук в Битрикс24 и дайте ему право socialnetwork.',
  ],
  scope_people_missing: () => [
    'У вебхука нет права user: людей не найти по адресам и не узнать, кого нет на портале.',
    GIVE_USER,
  ],
  scope_people_brief: () => [
    'У вебхука лишь право user_brief: людей не найти по адресам.',
    GIVE_USER,
  ],
  caller_admin: ({ id }) => [
    `Пользователь ${id}, администратор: может приглашать в каждую группу, которую видит.`,
  ],
  caller_person: ({ id }) => [
    `Пользователь ${id}, не администратор: может приглашать лишь туда, где это разрешает группа.`,
  ],
  caller_not_known: ({ said }) => [`Портал не говорит, чей это вебхук (${said}).`],
  plan_fits: ({ plan, perSecond, burst }) => [
    `Тариф ${plan} принимает ${perSecond} запросов в секунду и ${burst} сразу, как и задано.`,
  ],
  plan_allows_more: ({ plan, perSecond, burst }) => [
    `Тариф ${plan} принимает ${perSecond} запросов в секунду и ${burst} сразу, больше, чем задано.`,
    `Задайте BITRIX24_REQUESTS_PER_SECOND=${perSecond} и BITRIX24_BURST=${burst}.`,
  ],
  plan_allows_less: ({ plan, perSecond, burst }) => [
    `Тариф ${plan} принимает ${perSecond} запросов в секунду и ${burst} сразу, меньше, чем задано.`,
    `Задайте BITRIX24_REQUESTS_PER_SECOND=${perSecond} и BITRIX24_BURST=${burst}.`,
  ],
  plan_own_server: ({ plan, perSecond, burst }) => [
    `Портал на своём сервере (${plan}), который сам запросы не ограничивает; задано ${perSecond} в секунду и ${burst} сразу.`,
  ],
  plan_not_known: ({ perSecond, burst }) => [
    `Портал не говорит своего тарифа; задано ${perSecond} запросов в секунду и ${burst} сразу.`,
  ],
  relations_dated: () => [
    'Портал говорит, кто, кого и когда пригласил (socialnetwork.api.usertogroup.list).',
  ],
  relations_not_dated: () => [
    'У портала нет socialnetwork.api.usertogroup.list: после запроса без ответа не узнать, чьё это приглашение.',
    'Делать ничего не надо; метод есть в более новых версиях портала.',
  ],
  relations_not_known: ({ said }) => [
    `Портал не говорит, есть ли у него socialnetwork.api.usertogroup.list (${said}).`,
    'Проверьте ещё раз позже.',
  ],
  group_not_named: () => ['Не проверено: группа не названа.', 'Впишите её номер.'],
  group_open: ({ id }) => [`Пользователь вебхука может приглашать в группу ${id}.`],
  group_open_to_admin: ({ id }) => [
    `Пользователь вебхука видит группу ${id} и как администратор может приглашать в неё.`,
  ],
  group_invisible: ({ id }) => [
    `Группы ${id}, видимой пользователю вебхука, нет.`,
    'Проверьте номер; если он верен, пусть пользователь вебхука вступит в группу.',
  ],
  group_closed: ({ id }) => [
    `Пользователь вебхука не может приглашать в группу ${id}.`,
    'Разрешите это в настройках группы, или сделайте его модератором группы.',
  ],
  group_not_known: ({ id, said }) => [
    `Портал не говорит, можно ли приглашать в группу ${id} (${said}).`,
  ],
};

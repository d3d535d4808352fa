import type { PORTAL_FINDINGS } from '../en/findings/portal-findings-en.ts';
import type { REDIS_FINDINGS } from '../en/findings/redis-findings-en.ts';
import type { FindingTemplates } from '../finding-templates.ts';

const ANOTHER_REDIS = 'Укажите в REDIS_URL Redis без кластера или Sentinel (redis+sentinel://…).';
const GIVE_USER = 'Откройте вебхук в Битрикс24 и дайте ему право user или user_basic.';

export const serviceFindingsRu: FindingTemplates<
  keyof typeof REDIS_FINDINGS | keyof typeof PORTAL_FINDINGS
> = {
  redis_installed: ({ name, version }) => [`Установлен ${name} ${version}.`],
  redis_given: () => ['Не требуется: задан REDIS_URL.'],
  redis_missing: () => [
    'Не установлен ни redis-server, ни valkey-server.',
    'Установите (Debian, Ubuntu: sudo apt-get install redis-server; macOS: brew install redis) или укажите в REDIS_URL работающий Redis.',
  ],
  redis_not_started: () => [
    'Не проверено: папка DATA_DIR и собственный Redis в ней появятся при первом запуске.',
  ],
  redis_answers: ({ name, version, address }) => [`${name} ${version} отвечает: ${address}`],
  redis_info_forbidden: ({ user, said }) => [
    `Пользователю ${user} запрещена команда INFO (${said})`,
    `Разрешите: ACL SETUSER ${user} +info`,
  ],
  redis_version_fits: ({ name, version }) => [`${name} ${version} поддерживает всё необходимое.`],
  redis_version_low: ({ name, version }) => [
    `${name} ${version} старее рекомендованной для очереди версии 6.2.`,
    'Обновите его до 7.2 или новее.',
  ],
  redis_version_too_low: ({ name, version }) => [
    `${name} ${version} слишком стар для очереди.`,
    'Обновите его до 7.2 или новее.',
  ],
  redis_single: () => ['Это отдельный сервер, не реплика.'],
  redis_cluster: () => ['Это Redis Cluster, очередь с ним не работает.', ANOTHER_REDIS],
  redis_replica: () => [
    'Это реплика, она доступна только для чтения.',
    'Укажите в REDIS_URL главный сервер или Sentinel (redis+sentinel://…).',
  ],
  redis_keeps_all: () => ['Данные не вытесняются (maxmemory-policy noeviction).'],
  redis_evicts: ({ policy }) => [
    `При нехватке памяти Redis может удалить задания (maxmemory-policy ${policy}).`,
    'Задайте maxmemory-policy noeviction.',
  ],
  redis_full: ({ used, most }) => [
    `Память Redis занята: ${used} из ${most} МБ.`,
    'Выделите больше памяти (maxmemory).',
  ],
  redis_policy_hidden: () => ['Значение maxmemory-policy недоступно; должно быть noeviction.'],
  redis_appends: () => ['Включено сохранение в append-only file.'],
  redis_no_file: () => [
    'Сохранение в append-only file выключено: после перезапуска очередь восстанавливается из базы данных.',
  ],
  redis_cannot_save: () => [
    'Redis не смог сохранить данные на диск и может отклонять запись.',
    'Освободите место на его диске; подробности — в журнале Redis.',
  ],
  redis_allows: () => ['Скрипты, запись и каналы разрешены.'],

  webhook_missing: () => [
    'BITRIX24_WEBHOOK_URL не задан.',
    'В Битрикс24 откройте Разработчикам → Другое → Входящий вебхук, дайте ему права sonet_group, socialnetwork и user, и укажите его адрес в BITRIX24_WEBHOOK_URL.',
  ],
  webhook_answers: ({ portal }) => [`${portal} отвечает.`],
  portal_at_work: ({ portal }) => [
    `Не проверено: импорты используют все запросы, которые ${portal} сейчас разрешает.`,
    'Повторите, когда они завершатся.',
  ],
  certificate_trusted: ({ portal }) => [`Сертификат ${portal} действителен.`],
  certificate_valid: ({ portal, until }) => [`Сертификат ${portal} действителен до ${until}.`],
  certificate_ends_soon: ({ portal, until }) => [
    `Сертификат ${portal} действителен только до ${until}. После этого портал будет недоступен.`,
    'Попросите администратора портала обновить сертификат или узнайте, обновляется ли он автоматически.',
  ],
  certificate_unneeded: ({ portal }) => [`${portal} на этом компьютере, без TLS.`],
  certificate_refused: ({ portal, said }) => [
    `Этот компьютер не доверяет сертификату ${portal} (${said}).`,
    'Если ваша сеть проверяет TLS, укажите файл с её удостоверяющим центром в NODE_EXTRA_CA_CERTS, в окружении или в .env. Иначе проверьте часы этого компьютера и имя в BITRIX24_WEBHOOK_URL.',
  ],
  certificate_unchecked: ({ portal }) => [
    `NODE_TLS_REJECT_UNAUTHORIZED=0 отключает проверку сертификатов: любой на пути к ${portal} может перехватить вебхук.`,
    'Удалите эту переменную; файл своего удостоверяющего центра укажите в NODE_EXTRA_CA_CERTS.',
  ],
  clock_not_known: () => ['Портал не сообщает своё время.'],
  scope_there: ({ scope }) => [`У вебхука есть право ${scope}.`],
  scopes_not_known: () => ['Портал не сообщает права вебхука.'],
  scope_invite_missing: () => [
    'У вебхука нет права sonet_group: приглашать он не может.',
    'Откройте вебхук в Битрикс24 и дайте ему право sonet_group.',
  ],
  scope_groups_missing: () => [
    'У вебхука нет права socialnetwork: нельзя узнать, почему портал кого-то не пригласил и что сделал запрос без ответа.',
    'Откройте вебхук в Битрикс24 и дайте ему право socialnetwork.',
  ],
  scope_people_missing: () => [
    'У вебхука нет права user: людей нельзя найти по адресам эл. почты, и нельзя узнать, кого нет на портале.',
    GIVE_USER,
  ],
  scope_people_brief: () => [
    'У вебхука только право user_brief: людей нельзя найти по адресам эл. почты.',
    GIVE_USER,
  ],
  caller_admin: ({ id }) => [
    `Пользователь ${id}, администратор: может приглашать во все видимые группы.`,
  ],
  caller_person: ({ id }) => [
    `Пользователь ${id}, не администратор: может приглашать только туда, где это разрешают настройки группы.`,
  ],
  caller_not_known: ({ said }) => [`Портал не сообщает, чей это вебхук (${said}).`],
  plan_followed: ({ plan, perSecond, burst }) => [
    `Тариф ${plan} разрешает запросов в секунду: ${perSecond}, сразу: ${burst}; программа их и использует.`,
  ],
  plan_fits: ({ plan, perSecond, burst }) => [
    `Тариф ${plan} разрешает запросов в секунду: ${perSecond}, сразу: ${burst}, как и задано.`,
  ],
  plan_allows_more: ({ plan, perSecond, burst }) => [
    `Тариф ${plan} разрешает запросов в секунду: ${perSecond}, сразу: ${burst}, больше, чем задано.`,
    'Уберите BITRIX24_REQUESTS_PER_SECOND и BITRIX24_BURST: тогда программа следует тарифу.',
  ],
  plan_allows_less: ({ plan, perSecond, burst }) => [
    `Тариф ${plan} разрешает запросов в секунду: ${perSecond}, сразу: ${burst}, меньше, чем задано.`,
    'Уберите BITRIX24_REQUESTS_PER_SECOND и BITRIX24_BURST: тогда программа следует тарифу.',
  ],
  plan_own_server: ({ plan }) => [
    `Портал на своём сервере (${plan}), по умолчанию без ограничения запросов; программа не вводит его, пока о нём не сообщит ответ портала.`,
  ],
  plan_own_server_limited: ({ plan }) => [
    `Портал на своём сервере (${plan}), по умолчанию без ограничения запросов; запросы ограничены настройками.`,
  ],
  plan_not_known: ({ perSecond, burst }) => [
    `Портал не сообщает тариф; используется запросов в секунду: ${perSecond}, сразу: ${burst}.`,
  ],
  relations_dated: () => [
    'Портал сообщает, кто и когда отправил приглашение (socialnetwork.api.usertogroup.list).',
  ],
  relations_not_dated: () => [
    'У портала нет socialnetwork.api.usertogroup.list: после запроса без ответа нельзя узнать, кто отправил приглашение.',
    'Ничего делать не нужно; метод есть в новых версиях портала.',
  ],
  relations_not_known: ({ said }) => [
    `Портал не сообщает, есть ли у него socialnetwork.api.usertogroup.list (${said}).`,
    'Проверьте ещё раз позже.',
  ],
  group_not_named: () => ['Не проверено: группа не указана.', 'Укажите её номер.'],
  group_open: ({ id }) => [`Пользователь вебхука может приглашать в группу ${id}.`],
  group_open_to_admin: ({ id }) => [
    `Пользователь вебхука видит группу ${id} и как администратор может приглашать в неё.`,
  ],
  group_invisible: ({ id }) => [
    `Группы ${id} нет, или она не видна пользователю вебхука.`,
    'Проверьте номер; если он верен, добавьте пользователя вебхука в группу.',
  ],
  group_closed: ({ id }) => [
    `Пользователь вебхука не может приглашать в группу ${id}.`,
    'Разрешите это в настройках группы или сделайте его модератором группы.',
  ],
  group_open_to_admins_only: ({ id }) => [
    `Группа ${id} не разрешает пользователю вебхука приглашать, если он не администратор, а портал не сообщает, администратор ли он.`,
    'Разрешите это в настройках группы или сделайте его модератором группы.',
  ],
  group_not_known: ({ id, said }) => [
    `Портал не сообщает, можно ли приглашать в группу ${id} (${said}).`,
  ],
};

import type { GENERAL_FINDINGS } from '../en/findings/general-findings-en.ts';
import type { LEDGER_FINDINGS } from '../en/findings/ledger-findings-en.ts';
import type { MACHINE_FINDINGS } from '../en/findings/machine-findings-en.ts';
import type { FindingTemplates } from '../finding-templates.ts';
import { CHECKS_RU } from './set-up-checks-ru.ts';

const titleOf = (check: string): string => {
  const titles: Readonly<Record<string, string>> = CHECKS_RU;
  return titles[check] ?? check;
};

const SET_CLOCK = 'Синхронизируйте часы этого компьютера с сервером времени (NTP).';
const FREE_SPACE = 'Освободите место или укажите в DATA_DIR папку на другом диске.';
const LOCAL_DISK = 'Укажите в DATA_DIR папку на локальном диске.';

export const machineFindingsRu: FindingTemplates<
  keyof typeof GENERAL_FINDINGS | keyof typeof MACHINE_FINDINGS | keyof typeof LEDGER_FINDINGS
> = {
  problem: ({ said, remedy }) => [said, remedy],
  not_checked: ({ needs }) => [`Не проверено: см. «${titleOf(needs)}».`],
  check_failed: ({ said }) => [
    `Проверка завершилась с ошибкой: ${said}`,
    'Это ошибка программы: сообщите о ней вместе с этим выводом.',
  ],
  no_answer: ({ seconds }) => [
    `Нет ответа за ${seconds} с.`,
    'Проверьте, что сервис работает и сеть разрешает соединение.',
  ],
  clock_agrees: ({ seconds }) => [
    `Часы расходятся с часами этого компьютера не больше чем на ${seconds} с.`,
  ],
  clock_ahead: ({ seconds }) => [
    `Часы спешат относительно этого компьютера на ${seconds} с.`,
    SET_CLOCK,
  ],
  clock_behind: ({ seconds }) => [`Часы отстают от этого компьютера на ${seconds} с.`, SET_CLOCK],

  node_fits: ({ version }) => [version],
  node_too_old: ({ version, needed }) => [
    `Node.js ${version} старше, чем ${needed}.`,
    `Установите Node.js ${needed} или новее с https://nodejs.org.`,
  ],
  settings_read: () => ['Все настройки верны.'],
  proxy_none: () => ['Прокси не задан.'],
  proxy_used: ({ host, proxy }) => [`Запросы к ${host} идут через прокси ${proxy}.`],
  proxy_bypassed: ({ host, proxy }) => [`Запросы к ${host} по NO_PROXY идут мимо прокси ${proxy}.`],
  proxy_unneeded: ({ host, proxy }) => [
    `${host} на этом компьютере: запросы идут мимо прокси ${proxy}.`,
  ],
  authorities_none: () => ['Других центров сертификации в NODE_EXTRA_CA_CERTS нет.'],
  authorities_used: ({ file }) => [`Программа доверяет и центрам сертификации из файла ${file}.`],
  authorities_overridden: ({ file, other }) => [
    `Программа доверяет и центрам сертификации из файла ${file}, но не из ${other}: NODE_EXTRA_CA_CERTS из окружения важнее, чем в .env.`,
    'Соберите все сертификаты в один файл и задайте NODE_EXTRA_CA_CERTS в одном месте.',
  ],
  authorities_ignored: ({ file }) => [
    `Файл ${file} из переменной окружения NODE_EXTRA_CA_CERTS не читается, или в нём нет сертификата в формате PEM. Node.js его не учитывает.`,
    'Исправьте путь или удалите NODE_EXTRA_CA_CERTS.',
  ],
  data_dir_usable: ({ path, owner, mode }) => [`${path}: владелец ${owner}, права ${mode}`],
  data_dir_new: ({ path }) => [`${path} ещё нет; папка появится при первом запуске.`],
  data_dir_open: ({ path, mode }) => [
    `Другие пользователи этого компьютера могут читать ${path} (права ${mode}), где хранятся имена и адреса.`,
    `Выполните: chmod 700 ${path}`,
  ],
  data_dir_foreign: ({ path, owner, self }) => [
    `${path} принадлежит пользователю ${owner}, а программа работает от имени ${self}.`,
    `Запускайте программу от имени ${owner} или передайте папку пользователю ${self} (chown -R).`,
  ],
  data_dir_no_folder: ({ path }) => [`${path} — не папка.`, 'Укажите в DATA_DIR папку.'],
  data_dir_unwritable: ({ path, owner, mode, self }) => [
    `В ${path} нельзя писать (владелец ${owner}, права ${mode}; программа работает от имени ${self}).`,
    'Дайте этому пользователю права или укажите в DATA_DIR другую папку.',
  ],
  data_dir_hidden: ({ path, said }) => [
    `Нет доступа к ${path} (${said}).`,
    'Проверьте права на папки выше или укажите в DATA_DIR другую.',
  ],
  data_dir_impossible: ({ path, above }) => [
    `${path} нет, и создать её нельзя: в ${above} нельзя писать.`,
    'Создайте её для этого пользователя или укажите в DATA_DIR другую.',
  ],
  disk_roomy: ({ gigabytes }) => [`Свободно ${gigabytes} ГБ.`],
  disk_low: ({ megabytes }) => [`Свободно только ${megabytes} МБ.`, FREE_SPACE],
  disk_full: ({ megabytes }) => [`Свободно только ${megabytes} МБ.`, FREE_SPACE],
  drive_local: ({ kind }) => [`DATA_DIR на локальном диске (${kind}).`],
  drive_unknown: () => ['Тип диска с DATA_DIR неизвестен.'],
  drive_network: ({ kind }) => [
    `DATA_DIR на сетевом диске (${kind}).`,
    `${LOCAL_DISK} SQLite и своему Redis нужны блокировки и сокеты, которых нет на сетевых дисках.`,
  ],
  drive_fuse: () => [
    'DATA_DIR в файловой системе FUSE; возможно, это сетевой диск, как sshfs.',
    `Если так: ${LOCAL_DISK.charAt(0).toLowerCase()}${LOCAL_DISK.slice(1)}`,
  ],
  drive_memory: ({ kind }) => [
    `DATA_DIR в памяти (${kind}): при перезапуске компьютера она будет удалена.`,
    LOCAL_DISK,
  ],

  ledger_opens: ({ engine, version, place }) => [`${engine} ${version}: ${place}`],
  ledger_none: ({ place }) => [`В ${place} базы данных ещё нет; она появится при первом запуске.`],
  ledger_current: ({ step }) => [`Таблицы соответствуют этой версии программы: ${step}`],
  ledger_empty: () => ['База данных пуста; таблицы появятся при первом запуске.'],
  ledger_older: ({ step, steps }) => [
    `Таблицы старой версии: ${step}. Следующий запуск обновит их (шагов: ${steps}).`,
    'Сначала сделайте резервную копию: обновление необратимо.',
  ],
  ledger_sound: () => ['Повреждений не найдено.'],
  ledger_damaged: ({ said }) => [
    `SQLite обнаружил повреждение: ${said}`,
    'Остановите программу, сохраните копию DATA_DIR и восстановите резервную копию командой restore.',
  ],
  ledger_not_searched: ({ megabytes }) => [
    `Не проверена на повреждения: ${megabytes} МБ читаются здесь слишком долго.`,
    'Выполните команду doctor.',
  ],
  ledger_on_server: () => ['Postgres сам проверяет свои файлы.'],
  ledger_writable: () => ['База данных доступна для записи.'],
  ledger_same_clock: () => ['Используются часы этого компьютера.'],
};

import type { FindingTemplates } from '../set-up/finding-templates.ts';
import type { GENERAL_FINDINGS } from '../set-up/general-findings.ts';
import type { LEDGER_FINDINGS } from '../set-up/ledger-findings.ts';
import type { MACHINE_FINDINGS } from '../set-up/machine-findings.ts';
import { CHECKS_RU } from './set-up-checks-ru.ts';

const titleOf = (check: string): string => {
  const titles: Readonly<Record<string, string>> = CHECKS_RU;
  return titles[check] ?? check;
};

const SET_CLOCK = 'Настройте часы этой машины по серверу времени (NTP).';
const FREE_SPACE = 'Освободите место, или укажите в DATA_DIR папку на другом диске.';
const LOCAL_DISK = 'Укажите в DATA_DIR папку на локальном диске.';

export const machineFindingsRu: FindingTemplates<
  keyof typeof GENERAL_FINDINGS | keyof typeof MACHINE_FINDINGS | keyof typeof LEDGER_FINDINGS
> = {
  problem: ({ said, remedy }) => [said, remedy],
  not_checked: ({ needs }) => [`Не проверено: см. «${titleOf(needs)}».`],
  check_failed: ({ said }) => [
    `Сама проверка не удалась: ${said}`,
    'Это ошибка программы: сообщите о ней вместе с этим выводом.',
  ],
  no_answer: ({ seconds }) => [
    `Ответа нет ${seconds} с.`,
    'Проверьте, работает ли это и пропускает ли сеть.',
  ],
  clock_agrees: ({ seconds }) => [`Часы там и здесь сходятся в пределах ${seconds} с.`],
  clock_ahead: ({ seconds }) => [
    `Часы там спешат относительно этой машины на ${seconds} с.`,
    SET_CLOCK,
  ],
  clock_behind: ({ seconds }) => [`Часы там отстают от этой машины на ${seconds} с.`, SET_CLOCK],

  node_fits: ({ version }) => [version],
  node_too_old: ({ version, needed }) => [
    `Node.js ${version} старше, чем ${needed}.`,
    `Установите Node.js ${needed} или новее с https://nodejs.org.`,
  ],
  settings_read: () => ['Все настройки прочитаны.'],
  proxy_none: () => ['Прокси не задан.'],
  proxy_used: ({ host, proxy }) => [`Запросы к ${host} идут через прокси ${proxy}.`],
  proxy_bypassed: ({ host, proxy }) => [`Запросы к ${host} по NO_PROXY идут мимо прокси ${proxy}.`],
  proxy_ignored: ({ name }) => [
    `${name} задан, но Node.js им не пользуется.`,
    `Задайте в окружении NODE_USE_ENV_PROXY=1 (не в .env), или уберите ${name}.`,
  ],
  proxy_in_dotenv: ({ names }) => [
    `В .env эти переменные не действуют: ${names}. Node.js читает их из окружения до запуска программы.`,
    'Задайте их в окружении: в оболочке, в описании службы или контейнера.',
  ],
  proxy_no_url: ({ name }) => [
    `${name} — не адрес прокси.`,
    'Запишите его как http://HOST:PORT; особые знаки пароля кодируются процентами.',
  ],
  data_dir_usable: ({ path, owner, mode }) => [`${path}: владелец ${owner}, права ${mode}`],
  data_dir_new: ({ path }) => [`${path} ещё нет; папка появится при первом запуске.`],
  data_dir_open: ({ path, mode }) => [
    `Другие на этой машине могут читать ${path} (права ${mode}), где имена и адреса.`,
    `Наберите: chmod 700 ${path}`,
  ],
  data_dir_foreign: ({ path, owner, self }) => [
    `${path} принадлежит пользователю ${owner}, а программа работает как ${self}.`,
    `Запускайте программу как ${owner}, или отдайте папку пользователю ${self} (chown -R).`,
  ],
  data_dir_no_folder: ({ path }) => [`${path} — не папка.`, 'Укажите в DATA_DIR папку.'],
  data_dir_unwritable: ({ path, owner, mode, self }) => [
    `В ${path} нельзя писать (владелец ${owner}, права ${mode}; программа работает как ${self}).`,
    'Дайте этому пользователю права, или укажите в DATA_DIR другую папку.',
  ],
  data_dir_hidden: ({ path, said }) => [
    `До ${path} не добраться (${said}).`,
    'Проверьте права папок над ней, или укажите в DATA_DIR другую.',
  ],
  data_dir_impossible: ({ path, above }) => [
    `${path} нет, и создать её нельзя: в ${above} нельзя писать.`,
    'Создайте её для этого пользователя, или укажите в DATA_DIR другую.',
  ],
  disk_roomy: ({ gigabytes }) => [`Свободно ${gigabytes} ГБ.`],
  disk_low: ({ megabytes }) => [`Свободно лишь ${megabytes} МБ.`, FREE_SPACE],
  disk_full: ({ megabytes }) => [`Свободно лишь ${megabytes} МБ.`, FREE_SPACE],
  drive_local: ({ kind }) => [`DATA_DIR на локальном диске (${kind}).`],
  drive_unknown: () => ['Система не говорит, на каком диске DATA_DIR.'],
  drive_network: ({ kind }) => [
    `DATA_DIR на сетевом диске (${kind}).`,
    `${LOCAL_DISK} SQLite и своему Redis нужны блокировки и сокеты, которых нет на сетевых дисках.`,
  ],
  drive_fuse: () => [
    'DATA_DIR в файловой системе FUSE; возможно, это сетевой диск, как sshfs.',
    `Если так: ${LOCAL_DISK.charAt(0).toLowerCase()}${LOCAL_DISK.slice(1)}`,
  ],
  drive_memory: ({ kind }) => [
    `DATA_DIR в памяти (${kind}): перезапуск машины её сотрёт.`,
    LOCAL_DISK,
  ],

  ledger_opens: ({ engine, version, place }) => [`${engine} ${version}: ${place}`],
  ledger_none: ({ place }) => [`В ${place} журнала ещё нет; он появится при первом запуске.`],
  ledger_current: ({ step }) => [`Таблицы — этой версии программы: ${step}`],
  ledger_empty: () => ['База пуста; таблицы появятся при первом запуске.'],
  ledger_older: ({ step, steps }) => [
    `Таблицы старее: ${step}. Следующий запуск обновит их (шагов: ${steps}).`,
    'Сначала сделайте копию: пути назад нет.',
  ],
  ledger_sound: () => ['Повреждений нет.'],
  ledger_damaged: ({ said }) => [
    `SQLite нашёл повреждение: ${said}`,
    'Остановите программу, сохраните DATA_DIR и восстановите копию командой restore.',
  ],
  ledger_not_searched: ({ megabytes }) => [
    `На повреждения не проверен: ${megabytes} МБ здесь читать слишком долго.`,
    'Наберите команду doctor.',
  ],
  ledger_on_server: () => ['Postgres следит за своими файлами сам.'],
  ledger_writable: () => ['В него можно писать.'],
  ledger_same_clock: () => ['Часы — этой машины.'],
};

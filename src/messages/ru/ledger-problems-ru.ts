import type { ProblemTemplates, ShownProblem } from '../problem-templates.ts';

const SETTING = 'LEDGER_URL (postgres://USER:PASSWORD@HOST:5432/DATABASE)';

const base = (ledger: string): string =>
  ledger ? `База данных ${ledger}` : 'База данных программы';

/** Of the ledger, which the page calls the program's database. */
export const ledgerProblemsRu: ProblemTemplates<Extract<ShownProblem, `ledger_${string}`>> = {
  ledger_damaged: ({ ledger }) => [
    `${base(ledger)} повреждена, или это другой файл.`,
    'Восстановите её из резервной копии или укажите другой DATA_DIR.',
  ],
  ledger_unwritable: ({ ledger }) => [
    `${base(ledger)} недоступна для записи.`,
    'Проверьте DATA_DIR, права на него и место на диске.',
  ],
  ledger_locked: ({ ledger }) => [
    `${base(ledger)} занята другой программой.`,
    'Закройте эту программу или подождите, пока она закончит, и повторите.',
  ],
  ledger_full: ({ ledger }) => [
    `${base(ledger)}: на диске нет места, или он неисправен.`,
    'Освободите место и повторите; записанные данные целы.',
  ],
  ledger_on_network_drive: ({ ledger, said }) => [
    `${base(ledger)} находится на сетевом диске или на диске, к которому процессы не могут обращаться совместно (${said}).`,
    'Укажите в DATA_DIR папку на локальном диске или в LEDGER_URL базу Postgres.',
  ],
  ledger_unreachable: ({ ledger, said }) => [
    `${base(ledger)} недоступна (${said}).`,
    `Проверьте, работает ли там Postgres, сеть и ${SETTING}; записанные данные целы.`,
  ],
  ledger_crowded: ({ ledger }) => [
    `${base(ledger)}: свободных подключений нет.`,
    'Увеличьте max_connections в Postgres (процесс берёт до десяти) или закройте другие программы.',
  ],
  ledger_refusing: ({ ledger, said }) => [
    `${base(ledger)} отклоняет вход (${said}).`,
    `Проверьте имя и пароль в ${SETTING} и pg_hba.conf на сервере.`,
  ],
  ledger_forbidding: ({ ledger, said }) => [
    `${base(ledger)} не даёт нужных прав (${said}).`,
    'Сделайте пользователя владельцем базы или дайте ему все права на схему и её таблицы.',
  ],
  ledger_missing: ({ ledger }) => [
    `На сервере нет базы данных ${ledger}.`,
    `Создайте её (createdb) или укажите другую в ${SETTING}.`,
  ],
  ledger_read_only: ({ ledger }) => [
    `${base(ledger)} доступна только для чтения: это резервный сервер, или так задано в настройках.`,
    'Укажите в LEDGER_URL основной сервер.',
  ],
  ledger_disk_full: ({ ledger }) => [
    `${base(ledger)}: на диске нет места.`,
    'Освободите место и повторите; записанные данные целы.',
  ],
  ledger_failing: ({ ledger, said }) => [
    `${base(ledger)}: сервер сообщает об ошибке (${said}).`,
    'Посмотрите журнал сервера.',
  ],
};

import type { ProblemCode } from '../../domain/errors/problem-params.ts';
import type { ProblemTemplates } from '../problem-templates.ts';

const SETTING = 'LEDGER_URL (postgres://USER:PASSWORD@HOST:5432/DATABASE)';

const base = (ledger: string): string =>
  ledger ? `База данных ${ledger}` : 'База данных программы';

/** Of the ledger, which the page calls the program's database. */
export const ledgerProblemsRu: ProblemTemplates<Extract<ProblemCode, `ledger_${string}`>> = {
  ledger_damaged: ({ ledger }) => [
    `${base(ledger)} повреждена, или это не она.`,
    'Восстановите её из резервной копии или укажите другой DATA_DIR.',
  ],
  ledger_unwritable: ({ ledger }) => [
    `${base(ledger)} не открывается для записи.`,
    'Проверьте DATA_DIR, права на него и место на диске.',
  ],
  ledger_locked: ({ ledger }) => [
    `${base(ledger)} занята другой программой.`,
    'Закройте программу, которая её держит, или подождите, пока та закончит, и повторите.',
  ],
  ledger_full: ({ ledger }) => [
    `${base(ledger)}: на диске нет места, или он неисправен.`,
    'Освободите место и повторите; всё записанное цело.',
  ],
  ledger_on_network_drive: ({ ledger }) => [
    `${base(ledger)} лежит на сетевом диске или на другом, которым процессы не могут делиться.`,
    'Укажите в DATA_DIR папку на локальном диске или в LEDGER_URL базу Postgres.',
  ],
  ledger_unreachable: ({ ledger, said }) => [
    `${base(ledger)} недоступна (${said}).`,
    `Проверьте, работает ли там Postgres, сеть и ${SETTING}; всё записанное цело.`,
  ],
  ledger_crowded: ({ ledger }) => [
    `${base(ledger)}: свободных подключений нет.`,
    'Увеличьте max_connections в Postgres (процесс берёт до десяти) или закройте другие программы.',
  ],
  ledger_refusing: ({ ledger, said }) => [
    `${base(ledger)} не впускает программу (${said}).`,
    `Проверьте имя и пароль в ${SETTING} и pg_hba.conf на сервере.`,
  ],
  ledger_forbidding: ({ ledger, said }) => [
    `${base(ledger)} не разрешает нужного (${said}).`,
    'Сделайте пользователя её владельцем или дайте ему все права на схему и её таблицы.',
  ],
  ledger_missing: ({ ledger }) => [
    `На сервере нет базы данных ${ledger}.`,
    `Создайте её (createdb) или укажите другую в ${SETTING}.`,
  ],
  ledger_read_only: ({ ledger }) => [
    `${base(ledger)} доступна только для чтения: сервер запасной или так настроен.`,
    'Укажите в LEDGER_URL основной сервер.',
  ],
  ledger_failing: ({ ledger, said }) => [
    `${base(ledger)}: неполадки на её сервере (${said}).`,
    'Посмотрите журнал сервера.',
  ],
};

import { countedRu, pluralRu } from '../language/counted.ts';
import type { reviewWordsEn } from './words-en.ts';

const people = (n: number) => countedRu(n, 'человек', 'человека', 'человек');
const peopleWhom = (n: number) => countedRu(n, 'человека', 'человек', 'человек');
const rows = (n: number) => countedRu(n, 'строка', 'строки', 'строк');
const pairs = (n: number) => countedRu(n, 'приглашение', 'приглашения', 'приглашений');

export const reviewWordsRu: typeof reviewWordsEn = {
  nothingSent: 'Пока никому ничего не отправлено. Проверьте и запускайте.',
  progress: {
    rows: 'Читаем строки',
    pairs: 'Раскладываем пары по порядку',
    people: 'Спрашиваем портал о людях',
    groups: 'Спрашиваем портал о группах',
  },
  soFar: (done) => `пока ${done}`,
  of: (done, all) => `${done} из ${all}`,
  readTitle: 'Как прочитан файл',
  encoding: 'Кодировка',
  delimiter: 'Между ячейками',
  delimiters: { ',': 'Запятая ,', ';': 'Точка с запятой ;', '\t': 'Табуляция', '|': 'Черта |' },
  columns: { group: 'Группа', user: 'Человек', message: 'Свой текст приглашения' },
  column: (n) => `Колонка ${n}`,
  noColumn: 'нет',
  guess: 'Это догадка: буквы ниже выглядят верно?',
  isResults: 'Это файл с результатами прошлого импорта.',
  rereading: 'Читаем файл заново…',
  firstRows: 'Первые строки',
  line: 'Строка',
  used: (what) => `читается как «${what}»`,
  countsTitle: 'Что в нём',
  rows,
  counts: { pairs: 'разные приглашения', duplicates: 'повторы', rejects: 'не прочитаны' },
  sum: 'вместе',
  rejectsTitle: (n) => `Не ${pluralRu(n, 'читается', 'читаются', 'читаются')} ${rows(n)}`,
  rejectsRest:
    'Остальных можно пригласить и так. Исправьте эти строки в таблице и загрузите её снова: кто уже приглашён, второй раз приглашён не будет.',
  rejectsCsv: 'Скачать их все (CSV)',
  reason: 'Что не так',
  group: 'Группа',
  person: 'Человек',
  groupsTitle: 'Группы',
  groupsOf: (n) =>
    `Первые из ${countedRu(n, 'группы', 'групп', 'групп')}; остальные в списке групп.`,
  allGroups: 'Все группы',
  groupHead: { pairs: 'В файле', fresh: 'Новые', there: 'Уже там', failing: 'Не выйдет' },
  invisible: 'Не видна вебхуку: её нет, или она закрыта для его владельца',
  notAllowed: 'Вебхук не может сюда приглашать',
  unnamed: (id) => `Группа ${id}`,
  peopleTitle: 'О людях',
  missing: (n) => `На портале нет и не будут приглашены: ${people(n)}.`,
  dismissed: (n) =>
    `Уволены: ${people(n)}. Портал пригласит их всё равно; уберите их из таблицы, если не хотите этого.`,
  andMore: (n) => `и ещё ${n.toLocaleString('ru')}`,
  notTold: (scopes) => `У вебхука нет прав ${scopes}, поэтому проверено не всё.`,
  messageTitle: 'Текст приглашения',
  message: 'Что прочтут приглашённые',
  messageHint: 'У строк со своим текстом он останется. Пусто — обычное уведомление портала.',
  length: (n) => `символов: ${n}`,
  saveMessage: 'Сохранить текст',
  draft: 'Текст приглашения ещё не сохранён: сохраните его выше или уберите изменения.',
  startTitle: 'Запуск',
  start: (n) =>
    `Запустить: уведомление ${pluralRu(n, 'получит', 'получат', 'получат')} ${people(n)}`,
  startUnchecked: (n) =>
    `Запустить: уйдёт до ${countedRu(n, 'приглашения', 'приглашений', 'приглашений')}`,
  nobody: 'Приглашать некого: все уже там или не могут быть приглашены.',
  startAnyway: 'Всё равно запустить',
  willSend: (n, whom) => `${pairs(n)} для ${peopleWhom(whom)}.`,
  takes: (time) => `Займёт примерно ${time}`,
  limits: {
    requests: '— столько запросов в секунду принимает портал.',
    work: '— столько времени нужно порталу.',
    operating: '— портал отводит приглашениям только часть каждых десяти минут.',
  },
  assumed: 'Это первая оценка, с первыми приглашениями она станет точнее.',
  discard: 'Не запускать',
  discarding: 'Отложить этот импорт, никого не приглашая?',
  yesDiscard: 'Да, отложить',
  viewer: 'Запустить может администратор.',
};

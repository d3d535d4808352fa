import { countedRu } from '../../../messages/ru/counted-ru.ts';
import { ORDER_WORDS_RU } from '../../../messages/ru/order-words-ru.ts';
import type { OrderTexts } from '../en/order-en.ts';

export const orderRu: OrderTexts = {
  withdraw: {
    ...ORDER_WORDS_RU.withdraw,
    of: (title, n) => `${title}: ${countedRu(n, 'приглашение', 'приглашения', 'приглашений')}`,
    button: 'Отозвать приглашения',
    title: 'Отозвать приглашения без ответа',
    explain:
      'Отзываются только приглашения, которые отправил этот импорт и на которые ещё не ответили.',
    nothing: 'Отзывать нечего.',
    start: (n) => `Отозвать ${n}`,
    running: (done, all) => `Отзыв: готово ${done} из ${all}.`,
    finished: 'Отзыв завершён.',
    stopped: 'Отзыв остановлен.',
  },
  remind: {
    ...ORDER_WORDS_RU.remind,
    of: (title, n) => `${title}: ${countedRu(n, 'человек', 'человека', 'человек')}`,
    button: 'Отправить напоминания',
    title: 'Напомнить о приглашениях',
    explain:
      'Каждый, кто ещё не ответил на приглашение этого импорта, получит одно уведомление в Битрикс24 от имени пользователя вебхука.',
    nothing: 'Напоминать некому.',
    start: (n) => `Напомнить ${n}`,
    running: (done, all) => `Напоминания: готово ${done} из ${all}.`,
    finished: 'Напоминания отправлены.',
    stopped: 'Отправка напоминаний остановлена.',
  },
  message: 'Текст напоминания',
  preview: 'Предварительный просмотр',
  starting: 'Запускается…',
  reading: (read, all) => `Битрикс24 читается: ${read} из ${all} приглашений.`,
  typeNumber: (n) => `Введите ${n} для подтверждения`,
  stop: 'Остановить',
  close: 'Закрыть',
  again: 'Прочитать снова',
  goesOn: 'Окно можно закрыть: работа продолжится.',
};

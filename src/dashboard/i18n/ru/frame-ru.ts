import type { frameEn } from '../en/frame-en.ts';

export const frameRu: typeof frameEn = {
  imports: 'Импорты',
  people: 'Люди',
  portal: 'Портал',
  navigation: 'Главное меню',
  skip: 'К содержанию',
  language: 'Язык',
  theme: 'Оформление',
  themes: { auto: 'Системная тема', light: 'Светлая тема', dark: 'Тёмная тема' },
  logOut: 'Выйти',
  viewer: 'Только просмотр',
  lost: 'Связь с сервером потеряна. Страница подключится снова автоматически.',
  polling: (seconds) =>
    `Обновления не доходят до страницы сами. Она проверяет изменения каждые ${seconds} секунд.`,
  unbuffer:
    'Их задерживает прокси: отключите в нём буферизацию /api/events (в nginx: proxy_buffering off).',
  uploading: (name) => `Загрузка ${name}…`,
  notFound: 'Страница не найдена',
  noImport: 'Импорт не найден',
  toImports: 'К списку импортов',
  licenses: 'Лицензии открытого ПО',
  adminsOnly: 'Очередь доступна только администраторам',
  otherKey:
    'С вашим ключом доступен только просмотр. Чтобы увидеть очередь, войдите с ключом администратора.',
};

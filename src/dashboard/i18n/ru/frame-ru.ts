import type { frameEn } from '../en/frame-en.ts';

export const frameRu: typeof frameEn = {
  imports: 'Импорты',
  people: 'Люди',
  portal: 'Портал',
  queue: 'Очередь',
  navigation: 'Главное меню',
  skip: 'К содержанию',
  language: 'Язык',
  theme: 'Оформление',
  themes: { auto: 'Как в системе', light: 'Светлое', dark: 'Тёмное' },
  logOut: 'Выйти',
  viewer: 'Вам доступен только просмотр.',
  lost: 'Связь с сервером потеряна. Страница оживёт сама, когда он снова ответит.',
  notFound: 'Такой страницы нет',
  noImport: 'Такого импорта нет',
  toImports: 'К импортам',
  licenses: 'Лицензии пакетов этой страницы',
  adminsOnly: 'Очередь видят только администраторы',
  otherKey:
    'С вашим ключом можно смотреть импорты. Чтобы увидеть очередь, войдите с ключом администратора.',
};

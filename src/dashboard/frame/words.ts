import { inBoth } from '../language/in-both.ts';

export const frameWords = inBoth(
  {
    imports: 'Imports',
    people: 'People',
    portal: 'Portal',
    queue: 'Queue',
    navigation: 'Main',
    skip: 'Skip to content',
    language: 'Language',
    theme: 'Colours',
    themes: { auto: 'As the system', light: 'Light', dark: 'Dark' },
    logOut: 'Log out',
    viewer: 'You may look, not change anything.',
    lost: 'The connection to the server is lost. This page goes on by itself when it is back.',
    notFound: 'There is no such page',
    toImports: 'To the imports',
    licenses: 'Licenses of the packages in this page',
    adminsOnly: 'The queue is for administrators only',
    otherKey:
      'Your key lets you look at imports. To see the queue, log in with an administrator’s.',
  },
  {
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
    toImports: 'К импортам',
    licenses: 'Лицензии пакетов этой страницы',
    adminsOnly: 'Очередь видят только администраторы',
    otherKey:
      'С вашим ключом можно смотреть импорты. Чтобы увидеть очередь, войдите с ключом администратора.',
  },
);

/** Languages of the sample files. */
export const SAMPLE_LANGUAGES = ['en', 'ru'] as const;
export type SampleLanguage = (typeof SAMPLE_LANGUAGES)[number];

/** A table with a group, a user and an invitation text in each row. */
export interface SampleTable {
  header: readonly [string, string, string];
  rows: readonly (readonly [group: number, user: number, text: string])[];
}

const TEXTS = {
  en: {
    header: ['group_id', 'user_id', 'message'],
    texts: ['Welcome to the team!', 'Hello, please join the project'],
  },
  ru: {
    header: ['ID группы', 'ID пользователя', 'Сообщение'],
    texts: ['Добро пожаловать в команду!', 'Здравствуйте, присоединяйтесь к проекту'],
  },
} as const;

/** @returns a table that can be imported into the sandbox portal */
export function sampleTable(language: SampleLanguage): SampleTable {
  const { header, texts } = TEXTS[language];
  const [welcome, join] = texts;
  return {
    header,
    rows: [
      [2, 30, welcome],
      [2, 31, welcome],
      [2, 32, welcome],
      [12, 30, join],
      [12, 31, join],
      [15, 5, ''],
      [15, 6, ''],
      [15, 7, ''],
    ],
  };
}

/** @returns a table without rows */
export const templateTable = (language: SampleLanguage): SampleTable => ({
  header: TEXTS[language].header,
  rows: [],
});

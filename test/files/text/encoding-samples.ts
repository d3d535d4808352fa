import { decodeCodePage } from '../../../src/files/text/code-pages.ts';

/** Real sentences and names, none of them in the texts that the table of letter pairs is made from. */
export const SENTENCES = {
  ru: [
    'Здравствуйте! Приглашаем вас в группу «Внедрение CRM», начало в четверг.',
    'Коллеги, просьба вступить до конца недели.',
    'Ваш наставник поможет освоиться — пишите ему в любое время.',
    'Здесь обсуждаем отпуска и больничные',
    'Спасибо, что согласились участвовать!',
    'Съезд объявлен на 5 октября; подробности у Щербаковой',
    'Жду',
    'Общий чат цеха № 4',
    'ВНИМАНИЕ! ПЕРЕНОС СРОКОВ',
  ],
  uk: [
    'Вітаємо! Запрошуємо вас до групи «Впровадження», починаємо у четвер.',
    'Колеги, просимо приєднатися до кінця тижня.',
    'Їжак і ґанок: завдання для всіх відділів',
    'Ваш наставник допоможе освоїтися — пишіть йому будь-коли.',
    'Дякуємо за участь у нараді',
    'Щоденний звіт є обов’язковим',
  ],
  pl: [
    'Dzień dobry, prosimy o dołączenie przed środą.',
    'Twój opiekun pokaże ci wszystko, co ważne – pytaj śmiało!',
    'Spotkanie odbędzie się w sali „Błękitnej”, wejście od ulicy Żelaznej',
    'Dziękujemy za pomoc',
    'Tu omawiamy urlopy oraz zwolnienia, również te dłuższe.',
    'Koleżanki i koledzy, zaczynamy jutro o ósmej',
    'Zażółć gęślą jaźń',
  ],
  cs: [
    'Dobrý den, připojte se prosím před středou.',
    'Váš průvodce vám ukáže vše důležité – ptejte se!',
    'Schůzka proběhne v sále „Modrý“, vchod z ulice Železná',
    'Děkujeme za pomoc',
    'Zde řešíme dovolené i delší nepřítomnost.',
    'Kolegyně a kolegové, začínáme zítra v osm',
    'Žluťoučký kůň',
  ],
  hu: [
    'Jó napot! Kérem, csatlakozzon szerdáig a csoporthoz.',
    'Mentora mindent megmutat, ami fontos – kérdezzen bátran!',
    'A megbeszélés a „Kék” teremben lesz, bejárat a Vas utca felől',
    'Nagyon köszönöm a segítséget',
    'Itt beszéljük meg a szabadságokat és a hosszabb távolléteket.',
    'Kedves kollégák, holnap nyolckor kezdünk',
    'Árvíztűrő tükörfúrógép',
  ],
  ro: [
    'Bună ziua! Vă așteptăm în grup până miercuri.',
    'Mentorul îți arată tot ce este important – întreabă fără grijă!',
    'Întâlnirea are loc în sala „Albastră”, intrarea dinspre strada Fântânii',
    'Vă mulțumim pentru ajutor și răbdare',
    'Aici discutăm despre concedii și absențe mai lungi.',
    'Dragi colegi, mâine începem la ora opt',
  ],
  de: [
    'Guten Tag, bitte treten Sie der Gruppe noch vor Mittwoch bei – wir zählen auf Sie!',
    'Ihr Pate erklärt alles Nötige, fragen Sie ruhig.',
    'Das Gespräch läuft im „Blauen Saal“, Zugang über die Höfe',
    'Herzlichen Dank für Ihre Unterstützung',
    'Hier klären wir Urlaube und längere Abwesenheiten.',
    'Liebe Kolleginnen, morgen beginnt’s um acht: pünktlich!',
    'Zwölf Boxkämpfer jagen Viktor quer über den großen Sylter Deich',
    'STRASSENBAU FÜR ALLE ÄMTER',
  ],
  fr: [
    'Bonjour ! Merci de rejoindre l’équipe avant mercredi.',
    'Votre parrain vous présentera tout ce qu’il faut – n’hésitez pas à demander.',
    'La rencontre aura lieu salle « Bleue », entrée côté rue des Forêts',
    'Merci beaucoup de votre aide, chère collègue',
    'Ici nous réglons les congés et les absences prolongées.',
    'Portez ce vieux whisky au juge blond qui fume: où, là-bas?',
    'Un cœur et une âme',
    'RÉUNION ANNULÉE',
  ],
  es: [
    '¡Buenos días! Únase al grupo antes del miércoles, por favor.',
    'Su tutor le enseñará lo más útil: ¿alguna duda?',
    'El encuentro será en el salón «Azul», acceso por la calle del Peñón',
    'Muchísimas gracias por su colaboración',
    'Aquí tratamos las vacaciones y las bajas más largas.',
    'Compañeras, empezamos mañana a las ocho',
  ],
  sv: [
    'God dag! Gå gärna med före onsdag.',
    'Din handledare förklarar allt du behöver – fråga på!',
    'Mötet hålls i ”Blå salen”, ingång från Järngränd',
    'Stort tack för hjälpen',
    'Här går vi igenom semestrar och längre frånvaro.',
    'Vänner, i övermorgon börjar vi klockan åtta',
  ],
  tr: [
    'İyi günler! Lütfen çarşambadan önce gruba katılın.',
    'Danışmanınız önemli olan her şeyi gösterecek – çekinmeden sorun!',
    'Toplantı “Mavi” salonda yapılacak, giriş Demir Sokağı’ndan',
    'Yardımınız için teşekkür ederiz',
    'Burada izinleri ve uzun süreli devamsızlıkları görüşüyoruz.',
    'Değerli arkadaşlar, yarın sekizde başlıyoruz',
  ],
} as const;

export const NAMES: Readonly<Record<keyof typeof SENTENCES, string>> = {
  ru: `Щербакова Елизавета|Кузнецов Пётр|Цветков Эдуард|Фёдорова Юлия|Жуков|Алёхин Глеб|Хасанов Рустам|
    Склад|Охрана труда|Цех № 2|Закупки|Служба поддержки|Разработка|Финансы|Проект «Восток»|ОТК|Юг`,
  uk: `Шевченко Ігор|Ковальчук Олена|Гнатюк Євген|Їжакевич Софія|Бойко Наталія|Ґудзь Микита|Кравчук|
    Бухгалтерія|Збут і логістика|Охорона праці|Підтримка|Розробка|Київ|Юристи|Об’єкт 7`,
  pl: `Stanisław Kaźmierczak|Agnieszka Dąbrowska|Grażyna Śliwińska|Jerzy Wójcik|Wacław Pająk|Żaneta Mróz|Bożena Gęś|
    Zakupy Łódź|Księgowi|Rozwój|Wsparcie techniczne Kraków|Dział prawny|Magazyn Gdańsk|Ochrona środowiska|Zarząd`,
  cs: `Bedřich Šťastný|Markéta Horáčková|Vojtěch Říha|Alžběta Křížová|Lukáš Pokorný|Zuzana Černá|Miloš Šebesta|
    Nákup|Účtárna|Vývoj|Technická podpora Plzeň|Právní oddělení|Sklad Žižkov|Ředitelství|Údržba`,
  hu: `Szűcs Gergő|Fehér Dóra|Kőszegi Balázs|Bíró Zsófia|Kiss Ödön|Váradi Csilla|Győri Lőrinc|
    Beszerzés|Könyvelők|Műszaki ügyfélszolgálat|Jogi csoport|Raktár Győr|Vezetőség|Fejlesztők|Minőség`,
  ro: `Răzvan Țîrlea|Mădălina Șerban|Cătălin Ungureanu|Ioana Dănilă|Bogdan Pârvu|Florența Mîndruță|
    Achiziții|Contabilitate și taxe|Dezvoltare Timișoara|Asistență tehnică|Juriști|Depozit Iași|Conducători`,
  de: `Günther Preuß|Annegret Höfer|Jörg Kühn|Sabine Vögele|Rüdiger Strauß|Dörte Hänsel|Lönneberga|
    Einkauf Köln|Buchführung|Entwicklung Nürnberg|Kundenbetreuung Düsseldorf|Rechtsabteilung Zürich|Lager Süd|Öffentliche Aufträge|Qualität`,
  fr: `Jérôme Gaëtan|Aurélie Beauchêne|Françoise Lemaître|Benoît Guérin|Anaïs Crépin|Zoé|Loïc Péron|
    Achats|Comptabilité générale|Développement Orléans|Assistance Nîmes|Direction générale|Entrepôt Besançon|Qualité|Sécurité`,
  es: `Íñigo Zúñiga|Begoña Peñalver|Ramón Cárdenas|Sofía Ibáñez|Ángel Núñez|Jesús Yáñez|Inés Galdós|
    Compras Málaga|Contaduría|Programación|Atención telefónica León|Jurídico|Almacén Cádiz|Dirección|Diseño`,
  sv: `Göran Sjöström|Märta Åkesson|Håkan Löfgren|Kerstin Bäck|Örjan Ångström|Pär Wåhlin|Linnéa Sköld|
    Inköp Malmö|Bokföring|Utveckling Göteborg|Kundtjänst Gävle|Juridiska gruppen|Förråd Västerås|Ledning|Kvalitetssäkring`,
  tr: `Oğuzhan Yıldız|Ayşegül Çağlar|Şükrü Aydın|Gülşah Öztürk|Uğur Işık|İbrahim Doğan|Çiğdem Ünlü|
    Satın alma|Muhasebe Şubesi|Yazılım Geliştirme|Müşteri Desteği|Hukuk İşleri|Depo Eskişehir|Yönetim`,
};

export type Language = keyof typeof SENTENCES;

/** Encodings that each language is written in, whether we read them or not. */
export const ENCODINGS_OF: Readonly<Record<Language, readonly string[]>> = {
  ru: ['windows-1251', 'koi8-r', 'ibm866', 'x-mac-cyrillic', 'iso-8859-5'],
  uk: ['windows-1251', 'x-mac-cyrillic', 'koi8-u', 'iso-8859-5'],
  pl: ['windows-1250', 'iso-8859-2', 'ibm852', 'x-mac-ce'],
  cs: ['windows-1250', 'iso-8859-2', 'ibm852', 'x-mac-ce'],
  hu: ['windows-1250', 'iso-8859-2', 'ibm852', 'x-mac-ce'],
  ro: ['windows-1250', 'iso-8859-2', 'ibm852'],
  de: ['windows-1252', 'windows-1250', 'iso-8859-15', 'macintosh', 'ibm850', 'ibm437'],
  fr: ['windows-1252', 'iso-8859-15', 'macintosh', 'ibm850', 'ibm437'],
  es: ['windows-1252', 'iso-8859-15', 'macintosh', 'ibm850', 'ibm437'],
  sv: ['windows-1252', 'iso-8859-15', 'macintosh', 'ibm850', 'ibm437'],
  tr: ['windows-1254', 'iso-8859-9', 'ibm857'],
};

const tables = new Map<string, string>();

/** @returns the characters of an encoding in the order of their bytes */
export function charactersIn(encoding: string): string {
  const known = tables.get(encoding);
  if (known !== undefined) return known;
  const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  const characters =
    decodeCodePage(bytes, encoding) ?? new TextDecoder(encoding).decode(bytes, { stream: true });
  tables.set(encoding, characters);
  return characters;
}

/** What a program does to a text that it saves in an older encoding. */
const REPLACED: readonly (readonly [string, string])[] = [
  ['ș', 'ş'],
  ['ț', 'ţ'],
  ['Ș', 'Ş'],
  ['Ț', 'Ţ'],
  ['—', '-'],
  ['–', '-'],
  ['„', '"'],
  ['“', '"'],
  ['”', '"'],
  ['’', "'"],
  ['№', 'N'],
  ['«', '"'],
  ['»', '"'],
  ['œ', 'oe'],
  ['ё', 'е'],
];

/** @returns the text as it can be in the encoding, and its bytes; undefined where letters are lacking */
export function inEncoding(
  original: string,
  encoding: string,
): { text: string; bytes: Uint8Array } | undefined {
  const characters = charactersIn(encoding);
  let text = original;
  for (const [from, to] of REPLACED) {
    if (!characters.includes(from)) text = text.replaceAll(from, to);
  }
  const bytes = Array.from(text, (character) => characters.indexOf(character));
  return bytes.includes(-1) ? undefined : { text, bytes: Uint8Array.from(bytes) };
}

/**
 * Creates src/files/text/letter-pairs.ts: how rare each letter is after another one, in groups of languages.
 * Counts the letters in the names of countries, languages, currencies, units and times, which Intl has in every
 * language, in the messages of zod, and in our own Russian texts.
 *
 * node scripts/make-letter-pairs.ts
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';

const GROUPS = {
  cyrillic: ['ru', 'uk'],
  german: ['de', 'nl'],
  french: ['fr'],
  southern: ['es', 'pt', 'it'],
  nordic: ['sv', 'da', 'nb', 'fi'],
  polish: ['pl'],
  czech: ['cs', 'sk', 'hr', 'sl'],
  hungarian: ['hu'],
  romanian: ['ro'],
  turkish: ['tr'],
} as const;
type Group = keyof typeof GROUPS;

/** What such names lack. */
const WORDS: Readonly<Record<Group, string>> = {
  cyrillic: '',
  german: `Grüße Straße Größe außer heißt weiß schließen gemäß über für würden möchten können schön Frühstück mäßig
    Änderung zurück prüfen Übersicht müssen natürlich größer öffnen hören gehören König Mädchen ändern während spät
    täglich nächste fünf Tür Büro Stück Glück Schlüssel gültig ungültig Währung Führung Qualität Fuß Spaß Müller
    Jäger Schäfer`,
  french: `où être déjà là à côté ça goût août cœur œuvre équipe réunion élève français très après première accès
    invités naïf maïs Noël aiguë sûr dû île caractères dernière père mère frère problème système modèle thème
    lumière matière manière derrière règle près succès progrès Hélène Geneviève Michèle mètre fenêtre même fête
    prêt intérêt enquête voilà dîner maître connaître chaîne hôtel contrôle tôt bientôt diplôme leçon reçu façon
    garçon numéro téléphone bœuf œil sœur l’équipe d’été qu’à créé`,
  southern: `señor mañana año reunión información está más aquí también compañía niño España ¿qué não são amanhã você
    reunião informação às avó più già così città perché lunedì può è verrà número teléfono página línea código
    artículo último único público límite válido inválido sábado técnico después pequeño campaña canción estación
    García Martínez López então ação educação mãe irmã três português família história poiché università qualità
    libertà novità però`,
  nordic: `få være på måndag välkommen hälsningar först også å nå från när där här är två många första större första
    første även så då gå stå år åt håll både måste måla gång grå blå små åka åtta åter över öppna höger
    möte kök söndag lördag för före gör hör rör nästa fjärde väg ära älg ø øl år dør køb største måned på språk
    sjö björk Jönköping Norrköping Linköping Söderköping Lindström Nyström Söderberg Björklund Sjöberg Lönnqvist Öberg
    Persson Åberg Håkan Jönsson Höglund Öster Västra Södra Östra gård skåp låda tjänst löpande kött mjölk`,
  polish: `proszę się że więc łączyć już będzie gdzie państwo cześć poniedziałek spółka Łódź wdrożenie źródło środa
    książka pieniądze ćwiczenie dłoń w ciągu są mają osób wartość długość nieprawidłowy znaków dołączyć później
    możliwość działalność ogłoszenie księgowość sprzedaży obsługi żądanie źle jeżeli także również należy przyjąć
    odrzucić członków grupę współpraca spółki główny który Paweł Michał Zieliński Szymański Woźniak Kozłowski
    Jabłoński Wróbel Stępień Górska piątek kwiecień`,
  czech: `ósmy vítejte skupině pondělí přihlášení účet žádost říjen děkuji vážený můžete vítame priateľ ďakujem
    môžete stĺp kôň dobrodošli poštovani možete ćemo sljedeći također željeti đak číslo čeština ťava ňadra ďábel
    šťastný čtvrtek příliš platný řetězec větší než počet prvků účastník zaměstnanec oddělení přijmout pozvánka
    děkujeme můj vůle průběh způsob důvod následující týden středa pátek neděle květen září Novotný Procházka
    Kučera Veselý Němec Růžička Beneš Sedláček Kolář Čermák Vaněk Kříž Šimek Zdeněk Tomáš Ondřej vrijednost
    očekivano veljavna pričakovano število uporabnik oddelek računovodstvo ďalšie účtovníctvo`,
  hungarian: `idő később előre hétfő kérjük köszönjük üdvözöljük gyűlés fűtés érvénytelen érték túl várt tömb szám
    dátum felhasználó értékesítési osztály könyvelés vezető fejlesztő ügyfél első második következő szerződés
    működik szőlő fűszer őszi Kovács Szabó Tóth Horváth László`,
  romanian: `bună și să în vă rugăm mulțumim echipă înscriere așteptat nevalidă să fie acceptați invitația până vineri
    ați fost adăugat vânzări Ștefan Ionuț Brașov București înregistrare`,
  turkish: `için çok değil güncelleme şirket müdürlüğü bölümü lütfen hoş geldiniz çalışma grubu üyeliği önce sonra
    öğrenci işlem başarılı geçersiz değer yıl ay gün şu bugün yarın kişi kullanıcı adı soyadı ığdır ağustos şubat
    Mehmet Özgür Tuğba Gökhan Çetin Şahin Yıldırım Kılıç Özdemir Koç Güneş Doğu Batı İsmail İdris
    İlçe İletişim İthalat İnceleme doğal doğum doğru bağlı sağlık Erdoğan İstanbul İzmir Diyarbakır`,
};

const root = new URL('../', import.meta.url);

/** Rarer letters belong to words of other languages. */
const FEWEST = 2;
const SMOOTHING = 0.05;
const COSTS = '0123456789abcdefghijklmnopqrstuvwxyz';

const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const CODES = LETTERS.flatMap((first) => LETTERS.map((second) => first + second));

function namesIn(language: string): string[] {
  const kinds = [
    ['region', CODES],
    ['language', CODES.map((code) => code.toLowerCase())],
    ['currency', Intl.supportedValuesOf('currency')],
  ] as const;
  const names = kinds.flatMap(([type, codes]) => {
    const names = new Intl.DisplayNames([language], { type, fallback: 'none' });
    return codes.flatMap((code) => names.of(code) ?? []);
  });
  return [...names, ...timesIn(language), ...unitsIn(language)];
}

function timesIn(language: string): string[] {
  const dates = new Intl.DateTimeFormat([language], { dateStyle: 'full' });
  const days = Array.from({ length: 84 }, (_, i) => dates.format(new Date(2026, i % 12, i + 1)));
  const relative = new Intl.RelativeTimeFormat([language], { numeric: 'auto' });
  const spans = ['year', 'quarter', 'month', 'week', 'day', 'hour', 'minute', 'second'] as const;
  const times = [-5, -2, -1, 0, 1, 2, 5];
  return [...days, ...spans.flatMap((span) => times.map((time) => relative.format(time, span)))];
}

const unitsIn = (language: string): string[] =>
  Intl.supportedValuesOf('unit').flatMap((unit) =>
    [1, 2, 5].map((n) =>
      new Intl.NumberFormat([language], { style: 'unit', unit, unitDisplay: 'long' }).format(n),
    ),
  );

/** The messages of a library that has them in most languages. */
function messagesIn(language: string): string[] {
  const file = new URL(`node_modules/zod/v4/locales/${language}.js`, root);
  if (!existsSync(file)) return [];
  const texts = readFileSync(file, 'utf8').match(/["`][^"`\n]*[^ -~"`\n][^"`\n]*["`]/g) ?? [];
  return texts.map((text) => text.replace(/\$\{[^}]*\}/g, ' '));
}

function ourRussian(): string[] {
  const folders = ['src/messages/ru/', 'src/dashboard/i18n/ru/'];
  const sources = folders.flatMap((folder) =>
    readdirSync(new URL(folder, root)).map((name) => new URL(folder + name, root)),
  );
  return [new URL('README.ru.md', root), ...sources].map((file) =>
    readFileSync(file, 'utf8').replace(/[a-z]/gi, ' '),
  );
}

const textIn = (group: Group): string =>
  [
    ...GROUPS[group].flatMap(namesIn),
    ...GROUPS[group].flatMap(messagesIn),
    WORDS[group],
    WORDS[group],
    ...(group === 'cyrillic' ? ourRussian() : []),
  ]
    .join(' ')
    .replaceAll('ș', 'ş')
    .replaceAll('ț', 'ţ')
    .replaceAll('İ', 'i');

/** @returns the letters, with a blank for all that is none, and for each the costs of all that can follow */
function table(group: Group): { letters: string; rows: string[] } {
  const text = textIn(group).normalize('NFC').toLowerCase();
  const counts = new Map<string, number>();
  for (const letter of text.match(/\p{L}/gu) ?? []) {
    counts.set(letter, (counts.get(letter) ?? 0) + 1);
  }
  const script = group === 'cyrillic' ? /\p{Script=Cyrillic}/u : /\p{Script=Latin}/u;
  const letters = [
    ' ',
    ...[...counts].flatMap(([letter, n]) => (n >= FEWEST && script.test(letter) ? [letter] : [])),
  ].sort();
  const known = new Set(letters);
  const words = Array.from(text, (letter) => (known.has(letter) ? letter : ' ')).join('');
  const plain = [...words.replace(/ +/g, ' ')];
  const pairs = new Map<string, number>();
  for (const [i, letter] of plain.entries()) {
    const pair = (plain[i - 1] ?? ' ') + letter;
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
  }
  const rows = letters.map((first) => {
    const row = letters.map((second) => pairs.get(first + second) ?? 0);
    const all = row.reduce((sum, count) => sum + count, 0) + SMOOTHING * letters.length;
    return row.map((count) => cost((count + SMOOTHING) / all)).join('');
  });
  return { letters: letters.join(''), rows };
}

/** In half nats. */
const cost = (probability: number): string =>
  COSTS[Math.min(COSTS.length - 1, Math.round(-2 * Math.log(probability)))] ?? '';

const tables = (Object.keys(GROUPS) as Group[]).map((group) => {
  const { letters, rows } = table(group);
  const lines = rows.flatMap((row, i) =>
    i % 2 === 0 ? [[row, ...rows.slice(i + 1, i + 2)].join(' ')] : [],
  );
  return `  ${group}: {\n    letters: '${letters}',\n    costs:\n      \`${lines.join('\n')}\`,\n  },`;
});
writeFileSync(
  new URL('src/files/text/letter-pairs.ts', root),
  `/**
 * How rare a letter is after another one, in groups of languages: for each letter the costs of all letters after it, as digits in base 36, in half nats (a cost of 2 is a probability of 1/e). A blank is
 * whatever is no letter. Made by scripts/make-letter-pairs.ts.
 */
export const LETTER_PAIRS = {
${tables.join('\n')}
} as const;
`,
);

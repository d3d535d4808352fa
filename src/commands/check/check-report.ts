import type { Import } from '../../domain/imports/import.ts';
import type { PersonCheck } from '../../domain/imports/import-check.ts';
import { countByOutcome } from '../../domain/pairs/outcome.ts';
import { parseFormat } from '../../files/csv/csv-format.ts';
import { describeDetails } from '../../messages/row-details.ts';
import { describeFormat } from '../run/format-summary.ts';
import { counted } from '../terminal/plural.ts';
import { shorten } from '../terminal/text-table.ts';
import type { Findings, PeopleFound } from './check-findings.ts';
import { forecastLines } from './check-forecast.ts';
import { groupLines } from './check-group-table.ts';

const number = (count: number): string => count.toLocaleString('en');

/**
 * What a check has found, for a person to read.
 *
 * @param csv where all rejects are
 */
export function checkReport(findings: Findings, parent: Import, csv: string | null): string {
  const parts = [
    headLines(parent),
    pairLines(findings, parent),
    textLines(findings, parent),
    notShownLines(findings),
    groupLines(findings),
    missingLines(findings.missing),
    dismissedLines(findings.dismissed),
    rejectLines(findings, csv),
    forecastLines(findings),
  ];
  return parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

function headLines({ fileName, portal, format }: Import): string[] {
  const understood = parseFormat(format);
  return [
    `Check · ${fileName} → ${portal} · nothing is sent to anybody`,
    ...(understood === undefined ? [] : [describeFormat(understood)]),
  ];
}

/** What would become of the pairs, in counts that add up. */
function pairLines({ tallies, groups, check }: Findings, { rows, pairs }: Import): string[] {
  const { rejected, duplicate } = countByOutcome(tallies);
  const { pairs: different, members, pending, toInvite, failing, unreadPairs } = groups;
  const others = different - members - pending - toInvite - failing - unreadPairs;
  const reasons = tallies
    .filter(({ outcome }) => outcome === 'rejected')
    .toSorted((a, b) => b.count - a.count)
    .map(({ reason, count }) => `${reason} ${number(count)}`);
  const all: [string, number, string][] = [
    ['to invite', toInvite, `to ${counted(check.invitations.people, 'person', 'people')}`],
    ['members', members, 'nothing to do'],
    ['pending', pending, 'invited already, or asking to join'],
    ['yourself', others, 'nobody invites oneself'],
    ['will fail', failing, 'see below'],
    ['not told', unreadPairs, 'in groups that could not be read, see below'],
    ['rejected', rejected, reasons.join(' · ')],
    ['duplicate', duplicate, ''],
  ];
  const width = number(pairs).length;
  const line = (name: string, count: number, rest: string) =>
    `  ${name.padEnd(10)} ${number(count).padStart(width)}  ${rest}`.trimEnd();
  return [
    ...all.filter(([, count]) => count > 0).map(([name, count, rest]) => line(name, count, rest)),
    `  ${'─'.repeat(11 + width)}`,
    ...(pairs === rows ? [] : [line('pairs', pairs, '')]),
    line('rows', rows, ''),
  ];
}

/** The text that would go out, as it would. */
function textLines({ ownTexts }: Findings, { message }: Import): string[] {
  const own = counted(ownTexts, 'invitation');
  const others =
    ownTexts === 0
      ? []
      : [`${own} ${ownTexts === 1 ? 'has a text of its own' : 'have a text of their own'}.`];
  if (message === null) return ['Text: none is set, the portal writes its own.', ...others];
  return ['Text:', ...message.split(/\r?\n/).map((line) => `  ${line}`), ...others];
}

const UNTOLD: Readonly<Record<string, string>> = {
  socialnetwork: 'who is in a group, and whether you may invite there',
  user: 'which people exist, and who is dismissed',
};

const notShownLines = ({ check }: Findings): string[] =>
  check.notShown.map(
    (scope) => `Not told: ${UNTOLD[scope] ?? scope}. The webhook lacks the scope ${scope}.`,
  );

const missingLines = ({ count, first }: PeopleFound): string[] =>
  count === 0
    ? []
    : [
        `Not listed on the portal: ${number(count)}. They do not exist, or are bots or e-mail users.`,
        `  ${first.map(({ id }) => String(id)).join(', ')}${andMore(count - first.length)}`,
      ];

const dismissedLines = ({ count, first }: PeopleFound): string[] =>
  count === 0
    ? []
    : [
        `Dismissed: ${number(count)}. The portal would invite them all the same.`,
        ...first.map((person) => `  ${called(person)}`),
        ...(count > first.length ? [` ${andMore(count - first.length)}`] : []),
      ];

const called = ({ id, name }: PersonCheck): string =>
  name === null ? `${id}` : `${shorten(name)} (${id})`;

function rejectLines({ tallies, rejects }: Findings, csv: string | null): string[] {
  const count = countByOutcome(tallies).rejected;
  if (count === 0) return [];
  return [
    `Rejected rows: ${number(count)}.`,
    ...rejects.map(({ line, reason, details }) =>
      [`  line ${line}  ${reason}`, describeDetails(details) ?? []].flat().join(': '),
    ),
    ...(count > rejects.length ? [` ${andMore(count - rejects.length)}`] : []),
    ...(csv === null ? [] : [`All of them: ${csv}`]),
  ];
}

const andMore = (count: number): string => (count > 0 ? ` and ${number(count)} more` : '');

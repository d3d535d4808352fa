import type { Import } from '../../domain/imports/import.ts';
import { countByOutcome } from '../../domain/pairs/outcome.ts';
import { parseFormat } from '../../files/csv/csv-format.ts';
import { describeDetails } from '../../messages/row-details.ts';
import { describeFormat } from '../run/format-summary.ts';
import { counted } from '../terminal/plural.ts';
import type { Findings, PeopleFound } from './check-findings.ts';
import { forecastLines } from './check-forecast.ts';
import { groupLines } from './check-group-table.ts';
import { andMore, named } from './check-people-list.ts';
import { unnotifiedLines, warningLines } from './check-warnings.ts';

const number = (count: number): string => count.toLocaleString('en');

/**
 * The findings of a check as text.
 *
 * @param csv path of the file with all rejects, if there is one
 * @param remembered lines about choices of an earlier import. @default none
 */
export function checkReport(
  findings: Findings,
  parent: Import,
  csv: string | null,
  remembered: readonly string[] = [],
): string {
  const parts = [
    [...headLines(parent), ...remembered],
    pairLines(findings, parent),
    textLines(findings, parent),
    notShownLines(findings),
    groupLines(findings),
    missingLines(findings.missing),
    dismissedLines(findings.dismissed),
    unnotifiedLines(findings),
    warningLines(findings, parent),
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
    `Check · ${fileName} → ${portal} · nothing is sent`,
    ...(understood === undefined ? [] : [describeFormat(understood)]),
  ];
}

/** What would happen to the pairs, in counts that add up. */
function pairLines({ tallies, groups, check }: Findings, { rows, pairs }: Import): string[] {
  const { rejected, duplicate } = countByOutcome(tallies);
  const { pairs: different, members, pending, toInvite, failing, unseen, unreadPairs } = groups;
  const others = different - members - pending - toInvite - failing - unseen - unreadPairs;
  const reasons = tallies
    .filter(({ outcome }) => outcome === 'rejected')
    .toSorted((a, b) => b.count - a.count)
    .map(({ reason, count }) => `${reason} ${number(count)}`);
  const all: [string, number, string][] = [
    ['to invite', toInvite, counted(check.invitations.people, 'person', 'people')],
    ['already members', members, 'nothing to do'],
    ['already invited', pending, 'invited earlier, or asked to join'],
    ['webhook user', others, 'users cannot invite themselves'],
    ['not visible', unseen, 'people the webhook cannot see, invited if they exist; see below'],
    ['will fail', failing, 'as far as is known; see below'],
    ['unknown', unreadPairs, 'in groups that could not be read, see below'],
    ['rejected', rejected, reasons.join(' · ')],
    ['duplicate', duplicate, ''],
  ];
  const width = number(pairs).length;
  const line = (name: string, count: number, rest: string) =>
    `  ${name.padEnd(15)} ${number(count).padStart(width)}  ${rest}`.trimEnd();
  return [
    ...all.filter(([, count]) => count > 0).map(([name, count, rest]) => line(name, count, rest)),
    `  ${'─'.repeat(16 + width)}`,
    ...(pairs === rows ? [] : [line('pairs', pairs, '')]),
    line('rows', rows, ''),
  ];
}

/** The invitation text, as it would be sent. */
function textLines({ ownTexts }: Findings, { message }: Import): string[] {
  const own = counted(ownTexts, 'invitation');
  const others =
    ownTexts === 0
      ? []
      : [`${own} ${ownTexts === 1 ? 'has its own text' : 'have their own text'}.`];
  if (message === null) return ['Text: not set; the portal uses its own.', ...others];
  return ['Text:', ...message.split(/\r?\n/).map((line) => `  ${line}`), ...others];
}

const NOT_SHOWN: Readonly<Record<string, string>> = {
  socialnetwork: 'who is in a group, and whether you may invite there',
  user: 'which people exist, and who is dismissed',
};

const notShownLines = ({ check }: Findings): string[] =>
  check.notShown.map(
    (scope) => `Not checked: ${NOT_SHOWN[scope] ?? scope}. The webhook lacks the scope ${scope}.`,
  );

const missingLines = ({ count, first }: PeopleFound): string[] =>
  count === 0
    ? []
    : [
        `The webhook cannot see these people: ${number(count)}. They do not exist, or are bots, e-mail users or only in the extranet; those are invited all the same.`,
        `  ${first.map(({ id }) => String(id)).join(', ')}${andMore(count - first.length)}`,
      ];

const dismissedLines = (people: PeopleFound): string[] =>
  named(people, `Dismissed: ${number(people.count)}. The portal would still invite them.`);

function rejectLines({ tallies, rejects }: Findings, csv: string | null): string[] {
  const count = countByOutcome(tallies).rejected;
  if (count === 0) return [];
  return [
    `Rejected rows: ${number(count)}.`,
    ...rejects.map(({ line, reason, details }) =>
      [`  line ${line}  ${reason}`, describeDetails(details) ?? []].flat().join(': '),
    ),
    ...(count > rejects.length ? [` ${andMore(count - rejects.length)}`] : []),
    ...(csv === null ? [] : [`All rejected rows: ${csv}`]),
  ];
}

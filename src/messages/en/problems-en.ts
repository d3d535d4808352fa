import type { RemedyCode } from '../../domain/errors/remedy-code.ts';
import type { ProblemTable } from '../problem-templates.ts';
import { fileProblemsEn } from './file-problems-en.ts';
import { jsonProblemsEn } from './json-problems-en.ts';
import { ledgerProblemsEn } from './ledger-problems-en.ts';
import { orderProblemsEn } from './order-problems-en.ts';
import { PORTAL_REMEDIES_EN } from './portal-remedies-en.ts';
import { requestProblemsEn } from './request-problems-en.ts';
import { workbookProblemsEn } from './workbook-problems-en.ts';

type Id = { id: number };

const UNUSABLE = {
  unreachable: (portal: string) => [`The portal ${portal} cannot be reached`],
  odd: (portal: string) => [
    `${portal} does not answer like Bitrix24`,
    'Check the address in BITRIX24_WEBHOOK_URL; if it is right, the portal has a problem: try again later.',
  ],
  busy: (portal: string) => [
    `The portal ${portal} has been rate-limiting requests for too long`,
    'Find out which other programs use the portal’s REST API, and try again when they use it less.',
  ],
  refuses: (portal: string) => [`The portal ${portal} refuses the webhook`],
} satisfies Record<string, (portal: string) => [does: string, remedy?: string]>;
/** What a portal as a whole does instead of answering. */
export type Unusable = keyof typeof UNUSABLE;

const EMAILS_HIDDEN = {
  user_brief: () => 'its scope user_brief does not show addresses',
  no_scope: () => 'it lacks the scope user',
  refused: (said: string) => `the portal does not let it read people (${said})`,
  not_shown: () => 'the portal does not show it any addresses',
  not_compared: () => 'the portal returns people with other addresses',
} satisfies Record<string, (said: string) => string>;
/** Why the webhook cannot find the user of an e-mail address. */
export type EmailsHidden = keyof typeof EMAILS_HIDDEN;

/** The problems that the page or the API can show. `said` is the portal's or a server's own text. */
export const problemsEn = {
  ...fileProblemsEn,
  ...jsonProblemsEn,
  ...ledgerProblemsEn,
  ...orderProblemsEn,
  ...requestProblemsEn,
  ...workbookProblemsEn,
  portal_unusable: (it: { portal: string; does: Unusable; said: string; remedy: RemedyCode }) => {
    const [does, remedy = PORTAL_REMEDIES_EN[it.remedy]]: [string, string?] = UNUSABLE[it.does](
      it.portal,
    );
    return [`${does} (${it.said}).`, remedy];
  },
  emails_hidden: ({ why, said }: { why: EmailsHidden; said: string }) => [
    `The file has e-mail addresses, but the webhook cannot look them up: ${EMAILS_HIDDEN[why](said)}.`,
    'Edit the webhook in Bitrix24 and give it the scope user or user_basic, or use user IDs in the file.',
  ],
  groups_hidden: ({ said, remedy }: { said: string; remedy: RemedyCode }) => [
    `The file has group names, but the webhook may not read groups (${said}).`,
    PORTAL_REMEDIES_EN[remedy],
  ],
  names_not_asked: () => [
    'The names in the file could not be looked up on the portal.',
    'Upload the file again.',
  ],
  import_unknown: ({ id }: Id) => [`There is no import ${id}.`],
  import_replaced: ({ id, by }: Id & { by: number }) => [
    `Import ${id} was replaced by import ${by}.`,
    `Use import ${by}.`,
  ],
  order_senseless: ({ id, state, order }: Id & { state: string; order: string }) => [
    `Import ${id} is ${state}: ${order} is not possible.`,
  ],
  row_not_rejected: ({ id }: Id) => [
    `This row of import ${id} cannot be corrected: it has another outcome by now, or another cell does not help.`,
    'Reload the list.',
  ],
  /** `here`: the portal of the program's webhook. */
  other_portal: ({ id, portal, here }: Id & { portal: string; here: string }) => [
    `Import ${id} is for ${portal}, not for ${here}.`,
    `Set BITRIX24_WEBHOOK_URL to a webhook of ${portal} and start again.`,
  ],
  already_started: ({ id }: Id) => [
    `Import ${id} was started and cannot be reread.`,
    'Upload the file again.',
  ],
  import_moved_on: ({ id }: Id) => [
    `Import ${id} was started or replaced while its file was being reread.`,
    'Find it in the list of imports.',
  ],
  start_meanwhile: ({ id }: Id) => [
    `This file is being read as import ${id}, which will not start automatically.`,
    `Start import ${id} when it is read: POST /api/imports/${id}/start.`,
  ],
  unexpected: () => ['The program’s log has details.'],
} satisfies ProblemTable;

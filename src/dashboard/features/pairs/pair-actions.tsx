import { Button } from '@mantine/core';
import { RETRIED_REASONS } from '../../../domain/pairs/outcome.ts';
import type { Import } from '../../../server/schemas/import-schema.ts';
import type { PairRecord, Selection } from '../../../server/schemas/pair-schema.ts';
import type { Query } from '../../api/request.ts';
import { useIsAdmin } from '../../app/session-gate.tsx';
import { ErrorAlert } from '../../components/error-alert.tsx';
import layout from '../../components/layout.module.css';
import { ResultsLinks } from '../../components/results-links.tsx';
import { useLanguage, useTexts } from '../../i18n/language.tsx';
import { pairTexts } from '../../i18n/texts.ts';
import { ConfirmButton } from '../import/confirm-button.tsx';
import { useAct } from '../import/use-act.ts';

interface Props {
  it: Import;
  /** The results on this page, and those of them that are selected. */
  items: readonly PairRecord[];
  chosen: readonly PairRecord[];
  criteria: Query;
  /** Number of results on all pages. */
  total: number;
}

const OVER: readonly string[] = ['finished', 'cancelled'];
const OPEN: readonly string[] = ['ready', 'running', 'held', 'pausing', 'paused'];

/** Retries, leaves out or downloads the selected results, or all that the filters find. */
export function PairActions({ it, items, chosen, criteria, total }: Props) {
  const words = useTexts(pairTexts);
  const { format } = useLanguage();
  const isAdmin = useIsAdmin();
  const acting = useAct(it.id);
  const isPart = chosen.length > 0;
  const meant = isPart ? chosen : items;
  const places = chosen.map(({ place }) => place);
  const what = isPart ? { places } : selectionOf(criteria);
  const hasCriteria = Object.keys(what).length > 0;
  const canRetry = OVER.includes(it.state) && hasCriteria && meant.some(isRetried);
  const canLeaveOut =
    OPEN.includes(it.state) && hasCriteria && meant.some(({ outcome }) => outcome === 'pending');
  return (
    <div className={layout.row}>
      {acting.error && <ErrorAlert error={acting.error} />}
      {isPart && <span>{words.selected(chosen.length)}</span>}
      {isAdmin && canRetry && (
        <Button size="xs" loading={acting.isPending} onClick={() => acting.mutate(what)}>
          {isPart ? words.retrySelected : words.retryFound}
        </Button>
      )}
      {isAdmin && canLeaveOut && (
        <ConfirmButton
          label={isPart ? words.leaveOutSelected : words.leaveOutFound}
          question={words.leaveOutQuestion(format.number(isPart ? chosen.length : total))}
          yes={words.yesLeaveOut}
          onConfirm={() => acting.mutate({ leaveOut: what })}
        />
      )}
      <ResultsLinks id={it.id} query={isPart ? { place: places.join(',') } : criteria}>
        {isPart ? words.downloadSelected : words.downloadFound}
      </ResultsLinks>
    </div>
  );
}

const isRetried = ({ reason }: PairRecord): boolean =>
  RETRIED_REASONS.some((one) => one === reason);

/** @returns the filters of the address, as the body of a request has them */
function selectionOf(criteria: Query): Selection {
  const given = Object.entries(criteria).filter(([, value]) => value !== null && value !== '');
  return Object.fromEntries(
    given.map(([name, value]) => [name, name.endsWith('_id') ? Number(value) : value]),
  );
}

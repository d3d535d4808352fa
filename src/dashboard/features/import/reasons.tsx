import { Alert, Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { z } from 'zod';
import { seemsSwitchedOff } from '../../../domain/pairs/groups-switched-off.ts';
import type { Import, Tally as TallySchema } from '../../../server/schemas/import-schema.ts';
import type { RetryOrder } from '../../api/imports-api.ts';
import { address } from '../../api/request.ts';
import { useIsAdmin } from '../../app/session-gate.tsx';
import { ErrorAlert } from '../../components/error-alert.tsx';
import layout from '../../components/layout.module.css';
import { OutcomeMark } from '../../components/outcome/outcome-bar.tsx';
import { ResultsLinks } from '../../components/results-links.tsx';
import { Section } from '../../components/section.tsx';
import { reasonInWords } from '../../i18n/in-words.ts';
import { useLanguage, useTexts } from '../../i18n/language.tsx';
import { importTexts } from '../../i18n/texts.ts';
import styles from './import.module.css';
import { useAct } from './use-act.ts';

type Tally = z.infer<typeof TallySchema>;

/** Whether a person did not want these to be invited, and they can be invited after all. */
const isRest = ({ outcome }: Tally): boolean => outcome === 'cancelled' || outcome === 'withdrawn';

/** Cancelled and withdrawn pairs have the same reason: where there are both, only one kind is meant. */
const orderOf = ({ outcome, reason }: Tally, tallies: readonly Tally[]): RetryOrder => {
  if (reason === null) return {};
  const isShared = tallies.some((one) => one.reason === reason && one.outcome !== outcome);
  return isShared ? { outcome, reason } : { reason };
};

/** The outcomes with their reasons, what to do about them, and the buttons to do it. */
export function Reasons({ it }: { it: Import }) {
  const words = useTexts(importTexts);
  const { format } = useLanguage();
  const isAdmin = useIsAdmin();
  const acting = useAct(it.id);
  // Reasons with a remedy come first.
  const settled = it.tallies
    .filter(({ outcome }) => outcome !== 'pending')
    .toSorted((a, b) => Number(b.remedy !== null) - Number(a.remedy !== null));
  const retryable = settled.filter((tally) => tally.retryable);
  const retryableCount = retryable.reduce((sum, { count }) => sum + count, 0);
  if (settled.length === 0) return null;
  const canRetry = isAdmin && (it.state === 'finished' || it.state === 'cancelled');
  return (
    <Section
      title={words.reasonsTitle}
      extra={
        canRetry &&
        retryable.length > 1 && (
          <Button size="xs" loading={acting.isPending} onClick={() => acting.mutate({})}>
            {words.retryAll(format.number(retryableCount))}
          </Button>
        )
      }
    >
      {seemsSwitchedOff(it.tallies) && <Alert color="yellow">{words.switchedOff}</Alert>}
      {acting.error && <ErrorAlert error={acting.error} />}
      <ul className={styles.reasons}>
        {settled.map((tally) => (
          <Reason key={`${tally.outcome} ${tally.reason}`} id={it.id} tally={tally}>
            {canRetry && (tally.retryable || isRest(tally)) && tally.reason !== null && (
              <Button
                size="xs"
                variant="default"
                disabled={acting.isPending}
                onClick={() => acting.mutate(orderOf(tally, it.tallies))}
              >
                {words[isRest(tally) ? 'inviteRest' : 'retry'](format.number(tally.count))}
              </Button>
            )}
          </Reason>
        ))}
      </ul>
    </Section>
  );
}

interface Props {
  id: number;
  tally: Tally;
  children: ReactNode;
}

function Reason({ id, tally, children }: Props) {
  const words = useTexts(importTexts);
  const { format, language } = useLanguage();
  const { meaning, remedy } = reasonInWords(tally, language);
  // Duplicates have a separate reason for every repeated line.
  const reason = tally.outcome === 'duplicate' ? null : tally.reason;
  const which = { outcome: tally.outcome, reason };
  return (
    <li className={styles.reason}>
      <span className={styles.count}>{format.number(tally.count)}</span>
      <div>
        <OutcomeMark outcome={tally.outcome} />
        <p>{meaning}</p>
        {remedy && <p className={layout.dimmed}>{remedy}</p>}
      </div>
      <div className={styles.actions}>
        {children}
        <Link href={address(`/imports/${id}/pairs`, which)}>{words.show}</Link>
        <ResultsLinks id={id} query={which}>
          {words.download}
        </ResultsLinks>
      </div>
    </li>
  );
}

import { Alert } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Format } from '../../../server/schemas/format-schema.ts';
import type { Import } from '../../../server/schemas/import-schema.ts';
import type { Review } from '../../../server/schemas/review-schema.ts';
import { reviewQuery } from '../../api/imports-api.ts';
import layout from '../../components/layout.module.css';
import { QueryBoundary } from '../../components/query-boundary.tsx';
import { importProblemInWords } from '../../i18n/in-words.ts';
import { useLanguage, useTexts } from '../../i18n/language.tsx';
import { reviewTexts } from '../../i18n/texts.ts';
import { Checking } from './check-progress.tsx';
import { Decision } from './decision.tsx';
import { FirstRows } from './first-rows.tsx';
import { FormatCard } from './format-card.tsx';
import { GroupChecks } from './group-checks.tsx';
import { InvitationText } from './invitation-text.tsx';
import { NothingToSend } from './nothing-to-send.tsx';
import { EarlierImport } from './notices/earlier-import.tsx';
import { RememberedNotice } from './notices/remembered-notice.tsx';
import { PeopleNoted } from './people-noted.tsx';
import { Rejects } from './rejects.tsx';

/** Everything to review before anything is sent. */
export function ReviewPage({ it }: { it: Import }) {
  const words = useTexts(reviewTexts);
  const { language } = useLanguage();
  // The file itself can be reviewed while the portal is still being queried.
  const isRead = it.state === 'ready';
  const review = useQuery({ ...reviewQuery(it.id), enabled: isRead });
  const problem = importProblemInWords(it.problem, language);
  // The previous content stays while the file is read again, so that the user keeps their place.
  const isComing = it.state === 'reading' && problem === null && review.data !== undefined;
  const isEmpty = isRead && it.outcomes.pending === 0;
  return (
    <>
      {it.state !== 'cancelled' && <p>{isEmpty ? words.nothingWasSent : words.nothingSent}</p>}
      {problem && (
        <Alert color="red" role="alert" title={problem.detail}>
          {problem.remedy}
        </Alert>
      )}
      {it.progress && <Checking progress={it.progress} />}
      {isRead && review.data?.earlier && <EarlierImport earlier={review.data.earlier} />}
      {(isRead || isComing) && !isEmpty && (
        <QueryBoundary of={review} height={200}>
          {(known) => (
            <Decision
              it={it}
              review={known}
              canStart={isRead && it.progress === null && !review.isPlaceholderData}
            />
          )}
        </QueryBoundary>
      )}
      {isEmpty && <NothingToSend id={it.id} />}
      {it.format && <FormatCard id={it.id} format={it.format} />}
      {isRead && review.data?.remembered && (
        <RememberedNotice id={it.id} names={review.data.remembered} />
      )}
      {(isRead || isComing) && (
        <QueryBoundary of={review} height={400}>
          {(known) => (
            <div className={layout.page}>
              <FirstRows rows={known.firstRows} {...columnsOf(known.import.format)} />
              {known.portal && (
                <>
                  {known.portal.switchedOffAfter !== null && (
                    <Alert color="yellow">{words.switchedOff(known.portal.switchedOffAfter)}</Alert>
                  )}
                  <GroupChecks it={it} groups={known.portal.groups} />
                  <PeopleNoted it={it} check={known.portal} />
                </>
              )}
              <Rejects
                id={it.id}
                count={known.counts.rejects}
                areAll={known.counts.pairs === 0}
                rejects={known.rejects}
              />
              {!isEmpty && <InvitationText it={it} group={firstName(known)} />}
            </div>
          )}
        </QueryBoundary>
      )}
    </>
  );
}

const firstName = ({ portal }: Review): string | null =>
  portal?.groups.first.find(({ toInvite }) => toInvite > 0)?.name ?? null;

function columnsOf(format: Format | null) {
  const { group, user, message } = format?.columns ?? {};
  return {
    header: format?.header ?? null,
    columns: { group: group?.number, user: user?.number, message: message?.number },
  };
}

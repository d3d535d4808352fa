import { Alert } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Import } from '../../server/schemas/import.ts';
import { reviewQuery } from '../api/imports.ts';
import { useLanguage, useWords } from '../language/language.tsx';
import { Answer } from '../layout/answer.tsx';
import layout from '../layout/layout.module.css';
import { importProblemInWords } from '../layout/problem-words.ts';
import { Checking } from './checking.tsx';
import { Counts } from './counts.tsx';
import { FirstRows } from './first-rows.tsx';
import { GroupChecks } from './group-checks.tsx';
import { HowRead } from './how-read.tsx';
import { InvitationText } from './invitation-text.tsx';
import { NothingToSend } from './nothing-to-send.tsx';
import { PeopleNoted } from './people-noted.tsx';
import { Rejects } from './rejects.tsx';
import { Start } from './start.tsx';
import { reviewWords } from './words.ts';

/** What a person should see before anything is sent. */
export function ReviewPage({ it }: { it: Import }) {
  const words = useWords(reviewWords);
  const { language } = useLanguage();
  // The file itself can be looked over while the portal is still asked.
  const isRead = it.state === 'ready';
  const review = useQuery({ ...reviewQuery(it.id), enabled: isRead });
  const problem = importProblemInWords(it.problem, language);
  // What was there stays while the file is read again, so that nobody loses their place in it.
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
      {it.format && <HowRead id={it.id} format={it.format} />}
      {(isRead || isComing) && (
        <Answer of={review} height={400}>
          {(known) => (
            <div className={layout.page}>
              <FirstRows rows={known.firstRows} format={known.import.format} />
              <Counts counts={known.counts} />
              <Rejects
                count={known.counts.rejects}
                areAll={known.counts.pairs === 0}
                rejects={known.rejects}
              />
              {known.portal && (
                <>
                  <GroupChecks id={it.id} groups={known.portal.groups} />
                  <PeopleNoted check={known.portal} />
                </>
              )}
              {isEmpty ? <NothingToSend id={it.id} /> : <InvitationText it={it} />}
              {isRead && it.progress === null && !isEmpty && !review.isPlaceholderData && (
                <Start it={it} check={known.portal} />
              )}
            </div>
          )}
        </Answer>
      )}
    </>
  );
}

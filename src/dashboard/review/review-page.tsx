import { Alert } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Import } from '../../server/schemas/import.ts';
import type { Review } from '../../server/schemas/review.ts';
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
import { PeopleNoted } from './people-noted.tsx';
import { Rejects } from './rejects.tsx';
import { Start } from './start.tsx';
import { reviewWords } from './words.ts';

/** What a person should see before anything is sent. */
export function ReviewPage({ it }: { it: Import }) {
  const words = useWords(reviewWords);
  const { language } = useLanguage();
  // The file itself can be looked over while the portal is still asked.
  const isRead = it.state === 'ready' || isAsking(it.progress);
  // The text that a person has changed and not saved.
  const [draftOf, setDraftOf] = useState<string | null>(null);
  const review = useQuery({ ...reviewQuery(it.id), enabled: isRead });
  const problem = importProblemInWords(it.problem, language);
  return (
    <>
      {it.state !== 'cancelled' && <p>{words.nothingSent}</p>}
      {problem && (
        <Alert color="red" role="alert" title={problem.detail}>
          {problem.remedy}
        </Alert>
      )}
      {it.progress && <Checking progress={it.progress} />}
      {/* Stays while the file is read again, so that whoever asked for that keeps their place. */}
      {it.format && <HowRead id={it.id} format={it.format} />}
      {isRead && (
        <Answer of={review} height={400}>
          {(known) => (
            <div className={layout.page}>
              <FirstRows rows={known.firstRows} format={it.format} />
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
              <InvitationText
                key={known.message.text}
                id={it.id}
                text={known.message.text ?? ''}
                format={it.format}
                onDraft={(isDraft) => setDraftOf(isDraft ? savedText(known) : null)}
              />
              {it.progress === null && (
                <Start it={it} check={known.portal} isDraft={draftOf === savedText(known)} />
              )}
            </div>
          )}
        </Answer>
      )}
    </>
  );
}

const savedText = ({ import: { id }, message }: Review) => `${id} ${message.text}`;

const isAsking = (progress: Import['progress']) =>
  progress !== null && (progress.what === 'people' || progress.what === 'groups');

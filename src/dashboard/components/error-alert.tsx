import { Alert, Button } from '@mantine/core';
import { Link } from 'wouter';
import { ApiError } from '../api/api-error.ts';
import { fieldInWords, problemInWords, problemTitle } from '../i18n/in-words.ts';
import { useLanguage, useTexts } from '../i18n/language.tsx';
import { commonTexts } from '../i18n/texts.ts';
import { useAddress } from './address.ts';
import styles from './layout.module.css';

interface Props {
  error: Error;
  again?: () => void;
  /** The page retries automatically. @default false */
  goesOn?: boolean;
}

/** What went wrong, and what to do about it. */
export function ErrorAlert({ error, again, goesOn = false }: Props) {
  const words = useTexts(commonTexts);
  const { language } = useLanguage();
  const { href } = useAddress();
  const problem = error instanceof ApiError ? error.problem : null;
  const said = problem && problemInWords(problem, language);
  const isLost = error instanceof ApiError && problem === null;
  return (
    <Alert
      color="red"
      role="alert"
      title={isLost ? words.unreachable : problem ? problemTitle(problem, language) : error.message}
    >
      <div className={styles.stack}>
        {isLost && <p>{goesOn ? words.unreachableRetrying : words.unreachableRemedy}</p>}
        {said?.detail && !problem?.errors && <p>{said.detail}</p>}
        {said?.remedy && <p>{said.remedy}</p>}
        {problem?.errors?.map((issue) => (
          <p key={issue.pointer + issue.code}>{fieldInWords(issue, language)}</p>
        ))}
        {problem?.code === 'cursor_unknown' && (
          <div>
            <Button component={Link} href={href({ cursor: null })} size="xs" variant="default">
              {words.firstPage}
            </Button>
          </div>
        )}
        {again && (
          <div>
            <Button size="xs" variant="default" onClick={again}>
              {words.tryAgain}
            </Button>
          </div>
        )}
      </div>
    </Alert>
  );
}

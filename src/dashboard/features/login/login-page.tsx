import { Alert, Button, PasswordInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { type ApiError, isApiError } from '../../api/api-error.ts';
import { logIn, sessionQuery } from '../../api/session-api.ts';
import { Settings } from '../../app/settings.tsx';
import { ErrorAlert } from '../../components/error-alert.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { useTexts } from '../../i18n/language.tsx';
import { loginTexts } from '../../i18n/texts.ts';
import styles from './login.module.css';
import { minutesAndSeconds, useCountdown } from './use-countdown.ts';

/** Whether too many wrong keys came from this address. */
const isBlocked = (error: unknown): error is ApiError =>
  isApiError(error, 'too_many_attempts') && Number(error.problem?.params?.seconds) > 0;

interface Props {
  /** The user was logged in before, and the session has ended. */
  hasEnded: boolean;
}

export function LoginPage({ hasEnded }: Props) {
  const words = useTexts(loginTexts);
  const client = useQueryClient();
  const [token, setToken] = useState('');
  const [secondsLeft, startWait] = useCountdown();
  const field = useRef<HTMLInputElement>(null);
  // The title has the focus on other pages; here, there is one thing to do.
  useEffect(() => field.current?.focus(), []);
  const entering = useMutation({
    mutationFn: logIn,
    onSuccess: (session) => client.setQueryData(sessionQuery.queryKey, session),
    onError: (error) => {
      if (isBlocked(error)) startWait(Number(error.problem?.params?.seconds));
    },
  });
  const [isMissing, setMissing] = useState(false);
  const isWrong = isApiError(entering.error, 'wrong_token', 'login_required');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setMissing(token.trim() === '');
    if (token.trim() !== '') entering.mutate({ token: token.trim() });
  };
  return (
    <main className={styles.page}>
      {/* The browser's own messages would be in another language. */}
      <form className={styles.form} onSubmit={submit} noValidate>
        <PageTitle title={words.title} />
        <p role={hasEnded ? 'alert' : undefined}>{hasEnded ? words.ended : words.intro}</p>
        {entering.error && !isWrong && !isBlocked(entering.error) && (
          <ErrorAlert error={entering.error} />
        )}
        {secondsLeft > 0 && <Alert color="red" role="alert" title={words.blocked} />}
        <PasswordInput
          ref={field}
          label={words.token}
          description={words.hint}
          value={token}
          onChange={({ target }) => setToken(target.value)}
          error={isMissing ? words.missing : isWrong && words.wrong}
          aria-invalid={isMissing || isWrong}
          autoComplete="current-password"
          required
          withAsterisk={false}
        />
        <Button type="submit" loading={entering.isPending} disabled={secondsLeft > 0}>
          {words.logIn}
        </Button>
        {/* Outside of the alert: screen readers would read it every second. */}
        {secondsLeft > 0 && <p role="timer">{words.tryAgainIn(minutesAndSeconds(secondsLeft))}</p>}
      </form>
      <Settings />
    </main>
  );
}

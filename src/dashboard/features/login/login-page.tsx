import { Button, PasswordInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { isApiError } from '../../api/api-error.ts';
import { logIn, sessionQuery } from '../../api/session-api.ts';
import { Settings } from '../../app/settings.tsx';
import { ErrorAlert } from '../../components/error-alert.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { useTexts } from '../../i18n/language.tsx';
import { loginTexts } from '../../i18n/texts.ts';
import styles from './login.module.css';

interface Props {
  /** The user was logged in before, and the session has ended. */
  hasEnded: boolean;
}

export function LoginPage({ hasEnded }: Props) {
  const words = useTexts(loginTexts);
  const client = useQueryClient();
  const [token, setToken] = useState('');
  const entering = useMutation({
    mutationFn: logIn,
    onSuccess: (session) => client.setQueryData(sessionQuery.queryKey, session),
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
        {entering.error && !isWrong && <ErrorAlert error={entering.error} />}
        <PasswordInput
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
        <Button type="submit" loading={entering.isPending}>
          {words.logIn}
        </Button>
      </form>
      <Settings />
    </main>
  );
}

import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { Refusal } from './api/refusal.ts';
import { sessionQuery } from './api/session.ts';
import { LanguageProvider } from './language/language.tsx';
import { Answer } from './layout/answer.tsx';
import { LoginPage } from './login/login-page.tsx';
import { look } from './theme/theme.ts';

/** Everything around the pages: looks, language, what is known of the server, who sits there. */
export function App() {
  const [client] = useState(openClient);
  return (
    <MantineProvider {...look}>
      <LanguageProvider>
        <QueryClientProvider client={client}>
          <Door />
        </QueryClientProvider>
      </LanguageProvider>
    </MantineProvider>
  );
}

/** The server hands this out to nobody who has not logged in. */
const Inside = lazy(() => import('./inside.tsx'));

function Door() {
  const session = useQuery(sessionQuery);
  return (
    <Answer of={session}>
      {(known) =>
        known === null ? (
          <LoginPage />
        ) : (
          <Suspense>
            <Inside session={known} />
          </Suspense>
        )
      }
    </Answer>
  );
}

function openClient(): QueryClient {
  const client = new QueryClient({
    defaultOptions: {
      queries: {
        // The server tells what changes; asking again is for what it does not tell.
        staleTime: 5_000,
        refetchOnWindowFocus: false,
        networkMode: 'always',
        retry: (failures, error) => isOutage(error) && failures < 5,
      },
      mutations: { networkMode: 'always' },
    },
  });
  client.getQueryCache().subscribe(({ type, query }) => {
    if (type !== 'updated' || !(query.state.error instanceof Refusal)) return;
    if (query.state.error.kind === 'login_required') {
      client.setQueryData(sessionQuery.queryKey, null);
    }
  });
  return client;
}

const isOutage = (error: Error) =>
  error instanceof Refusal && (error.problem === null || error.problem.status >= 502);

import { MantineProvider } from '@mantine/core';
import {
  MutationCache,
  QueryCache,
  QueryClient,
  QueryClientProvider,
  useQuery,
} from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { isRefusal, Refusal } from '../api/api-error.ts';
import { sessionQuery } from '../api/session-api.ts';
import { CrashNet } from '../components/error-boundary.tsx';
import { Answer } from '../components/query-boundary.tsx';
import { LoginPage } from '../features/login/login-page.tsx';
import { LanguageProvider } from '../i18n/language.tsx';
import { look } from '../theme/theme.ts';

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
const Inside = lazy(() => import('./authenticated-app.tsx'));

function Door() {
  const session = useQuery(sessionQuery);
  const wasInside = useRef(false);
  useEffect(() => {
    if (session.data) wasInside.current = true;
  }, [session.data]);
  return (
    <Answer of={session}>
      {(known) =>
        known === null ? (
          <LoginPage hasEnded={wasInside.current} />
        ) : (
          <CrashNet>
            <Suspense>
              <Inside session={known} />
            </Suspense>
          </CrashNet>
        )
      }
    </Answer>
  );
}

function openClient(): QueryClient {
  // A session can end while somebody is at it.
  const onError = (error: Error) => {
    if (isRefusal(error, 'login_required')) client.setQueryData(sessionQuery.queryKey, null);
  };
  const client = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
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
  return client;
}

const isOutage = (error: Error) =>
  error instanceof Refusal && (error.problem === null || error.problem.status >= 502);

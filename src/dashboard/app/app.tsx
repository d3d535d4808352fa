import { MantineProvider } from '@mantine/core';
import {
  MutationCache,
  QueryCache,
  QueryClient,
  QueryClientProvider,
  useQuery,
} from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { Router } from 'wouter';
import { ApiError, isApiError } from '../api/api-error.ts';
import { basePath } from '../api/server-address.ts';
import { sessionQuery } from '../api/session-api.ts';
import { ErrorBoundary } from '../components/error-boundary.tsx';
import { QueryBoundary } from '../components/query-boundary.tsx';
import { LoginPage } from '../features/login/login-page.tsx';
import { LanguageProvider } from '../i18n/language.tsx';
import { themeProps } from '../theme/theme.ts';

/** Everything around the pages: theme, language, cache of server data, session. */
export function App() {
  const [client] = useState(openClient);
  return (
    <MantineProvider {...themeProps}>
      <LanguageProvider>
        <QueryClientProvider client={client}>
          <Router base={basePath()}>
            <SessionGate />
          </Router>
        </QueryClientProvider>
      </LanguageProvider>
    </MantineProvider>
  );
}

/** The server sends this module only after login. */
const AuthenticatedApp = lazy(() => import('./authenticated-app.tsx'));

function SessionGate() {
  const session = useQuery(sessionQuery);
  const wasInside = useRef(false);
  useEffect(() => {
    if (session.data) wasInside.current = true;
  }, [session.data]);
  return (
    <QueryBoundary of={session}>
      {(known) =>
        known === null ? (
          <LoginPage hasEnded={wasInside.current} />
        ) : (
          <ErrorBoundary>
            <Suspense>
              <AuthenticatedApp session={known} />
            </Suspense>
          </ErrorBoundary>
        )
      }
    </QueryBoundary>
  );
}

function openClient(): QueryClient {
  // A session can end while the page is in use.
  const onError = (error: Error) => {
    if (isApiError(error, 'login_required')) client.setQueryData(sessionQuery.queryKey, null);
  };
  const client = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        // Events report changes; refetching is for what they do not report.
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
  error instanceof ApiError && (error.problem === null || error.problem.status >= 502);

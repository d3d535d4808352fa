import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useLocation } from 'wouter';
import type { Import } from '../../../server/schemas/import-schema.ts';
import { isApiError } from '../../api/api-error.ts';
import { importQuery } from '../../api/imports-api.ts';
import { NotFound } from '../../app/not-found.tsx';
import layout from '../../components/layout.module.css';
import { QueryBoundary } from '../../components/query-boundary.tsx';
import { PairsView } from '../pairs/pairs-view.tsx';
import { moveDraft } from '../review/drafts.ts';
import { ReviewPage } from '../review/review-page.tsx';
import { isBeforeStart } from './before-start.ts';
import { GroupsView } from './groups-view.tsx';
import { HistoryView } from './history-view.tsx';
import { ImportHead } from './import-head.tsx';
import { ProgressView } from './progress-view.tsx';
import { useReplacement } from './use-replacement.ts';

const VIEWS = { '': ProgressView, pairs: PairsView, groups: GroupsView, history: HistoryView };

/** One import: before its start the review, after it the progress and the results. */
export function ImportPage({ id, view }: { id: number; view: string }) {
  // An import that replaces another appears without rebuilding the page: users keep their place.
  const query = useQuery({ ...importQuery(id), placeholderData: keepPreviousData });
  const [, navigate] = useLocation();
  const replacement = useReplacement(id, query.error);
  useEffect(() => {
    if (replacement === null) return;
    moveDraft(id, replacement);
    const tab = view === '' ? '' : `/${view}`;
    navigate(`/imports/${replacement}${tab}${location.search}`, { replace: true });
  }, [id, replacement, navigate, view]);
  if (replacement === null && isApiError(query.error, 'not_found')) {
    return <NotFound what="import" />;
  }
  return (
    <div className={layout.page}>
      <QueryBoundary of={query} height={320}>
        {(it) => (
          <>
            <ImportHead it={it} view={view} />
            <View it={it} view={view} />
          </>
        )}
      </QueryBoundary>
    </div>
  );
}

function View({ it, view }: { it: Import; view: string }) {
  if (view === '' && isBeforeStart(it)) return <ReviewPage it={it} />;
  const name = (['', 'pairs', 'groups', 'history'] as const).find((one) => one === view);
  if (name === undefined) return <NotFound />;
  const Shown = VIEWS[name];
  return <Shown it={it} />;
}

import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect } from 'react';
import { useLocation } from 'wouter';
import type { Import, ImportPage } from '../../../server/schemas/import-schema.ts';
import { address, fetchJson } from '../../api/request.ts';
import { holdRemedy } from '../../i18n/in-words.ts';
import { useLanguage, useTexts } from '../../i18n/language.tsx';
import { notifyTexts } from '../../i18n/texts.ts';
import { eventOf, type PageEvent } from './page-event.ts';
import { currentSetting } from './permission.ts';

/** Poll interval of a hidden tab, in milliseconds; a hidden tab keeps no connection to the server. */
const POLL_MS = 5_000;
/** Number of imports that are polled, the newest; users with more at once watch the page anyway. */
const IMPORTS = 50;

/** Notifies about imports while the tab is hidden, if notifications are on. */
export function useNotifier(): void {
  const client = useQueryClient();
  const show = useShow();
  useEffect(() => {
    let timer: ReturnType<typeof setInterval> | undefined;
    let known = new Map<number, Import>();
    const poll = async (): Promise<void> => {
      const query = address('/api/imports', { limit: IMPORTS });
      const page = await fetchJson<ImportPage>(query).catch(() => undefined);
      for (const now of page?.items ?? []) {
        const before = known.get(now.id);
        known.set(now.id, now);
        const event = before && eventOf(before, now, Date.now());
        if (event !== undefined && document.hidden && currentSetting() === 'on') show(event, now);
      }
    };
    const turn = (): void => {
      clearInterval(timer);
      if (!document.hidden || currentSetting() !== 'on') return;
      known = seenIn(client);
      timer = setInterval(poll, POLL_MS);
    };
    turn();
    document.addEventListener('visibilitychange', turn);
    return () => {
      document.removeEventListener('visibilitychange', turn);
      clearInterval(timer);
    };
  }, [client, show]);
}

/** The imports as the page showed them last. */
function seenIn(client: QueryClient): Map<number, Import> {
  const pages = client.getQueriesData<ImportPage>({ queryKey: ['imports'] });
  const shown = client.getQueriesData<Import>({
    predicate: ({ queryKey }) => queryKey[0] === 'import' && queryKey[2] === 'now',
  });
  const all = [...pages.flatMap(([, page]) => page?.items ?? []), ...shown.map(([, it]) => it)];
  return new Map(all.flatMap((it) => (it === undefined ? [] : [[it.id, it]])));
}

function useShow(): (event: PageEvent, it: Import) => void {
  const words = useTexts(notifyTexts);
  const { format, language } = useLanguage();
  const [, navigate] = useLocation();
  return useCallback(
    (event, it) => {
      const { invited } = it.outcomes;
      const body = {
        finished: () => words.result(format.number(invited), format.number(it.pairs)),
        held: () => (it.hold === null ? '' : holdRemedy(it.hold, language)),
        waiting: () => words.until(it.waitingUntil === null ? '' : format.time(it.waitingUntil)),
      }[event]();
      try {
        // Several tabs with the same notification show it once.
        const tag = `bulk-invite-${it.id}`;
        const shown = new Notification(words[event](it.fileName), { body, tag, lang: language });
        shown.addEventListener('click', () => {
          window.focus();
          navigate(`/imports/${it.id}`);
          shown.close();
        });
      } catch {
        // Mobile browsers allow this in service workers only.
      }
    },
    [words, format, language, navigate],
  );
}

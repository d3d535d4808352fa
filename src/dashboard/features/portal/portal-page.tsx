import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type Portal, portalQuery, tryNow } from '../../api/portal-api.ts';
import { useIsAdmin } from '../../app/session-gate.tsx';
import { ErrorAlert } from '../../components/error-alert.tsx';
import layout from '../../components/layout.module.css';
import { PageTitle } from '../../components/page-title.tsx';
import { QueryBoundary } from '../../components/query-boundary.tsx';
import { useLanguage, useTexts } from '../../i18n/language.tsx';
import { importTexts, portalTexts } from '../../i18n/texts.ts';
import { HoldAlert } from '../import/hold-notice.tsx';
import { Gauge } from './gauge.tsx';
import styles from './portal.module.css';
import { PortalErrors } from './portal-errors.tsx';
import { PortalNow } from './portal-now.tsx';
import { SetUpCheck } from './set-up-check.tsx';

/** The portal's limits, their use, and whether the portal is held. */
export function PortalPage() {
  const words = useTexts(portalTexts);
  const portal = useQuery(portalQuery);
  const isAdmin = useIsAdmin();
  return (
    <div className={layout.page}>
      <PageTitle title={words.title} />
      <QueryBoundary of={portal} height={400}>
        {(known) => (
          <>
            <div className={layout.stack}>
              <p className={layout.dimmed}>{known.portal}</p>
              {known.hold ? <Held portal={known} /> : <p>{words.open}</p>}
            </div>
            <Gauges portal={known} />
            <PortalNow portal={known} />
            <PortalErrors errors={known.lastErrors} />
          </>
        )}
      </QueryBoundary>
      {isAdmin && <SetUpCheck />}
    </div>
  );
}

function Gauges({ portal: { limits, now, history } }: { portal: Portal }) {
  const words = useTexts(portalTexts);
  const { format } = useLanguage();
  return (
    <div className={styles.gauges}>
      <Gauge
        title={words.requests}
        hint={words.requestsHint(format.decimal(limits.requestsPerSecond))}
        value={now.bucket}
        limit={limits.burst}
        history={history.map(({ at, bucket }) => ({ at, value: bucket }))}
      />
      <Gauge
        title={words.operating}
        hint={words.operatingHint(
          format.duration(limits.operatingLimitSeconds),
          format.duration(limits.operatingWindowSeconds),
        )}
        value={now.operatingSeconds}
        limit={limits.operatingLimitSeconds}
        history={history.map(({ at, operatingSeconds }) => ({ at, value: operatingSeconds }))}
      />
    </div>
  );
}

function Held({ portal: { hold } }: { portal: Portal }) {
  const words = useTexts(importTexts);
  const isAdmin = useIsAdmin();
  const client = useQueryClient();
  const trying = useMutation({
    mutationFn: tryNow,
    onSettled: () => client.invalidateQueries({ queryKey: portalQuery.queryKey }),
  });
  if (hold === null) return null;
  return (
    <HoldAlert hold={hold}>
      {trying.error && <ErrorAlert error={trying.error} />}
      {isAdmin && (
        <div>
          <Button size="xs" loading={trying.isPending} onClick={() => trying.mutate()}>
            {words.tryNow}
          </Button>
        </div>
      )}
    </HoldAlert>
  );
}

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type Portal, portalQuery, tryNow } from '../../api/portal-api.ts';
import { onServer } from '../../api/server-address.ts';
import { useIsAdmin } from '../../app/session-gate.tsx';
import layout from '../../components/layout.module.css';
import { PageTitle } from '../../components/page-title.tsx';
import { QueryBoundary } from '../../components/query-boundary.tsx';
import { useLanguage, useTexts } from '../../i18n/language.tsx';
import { portalTexts } from '../../i18n/texts.ts';
import { HoldAlert } from '../import/hold-notice.tsx';
import { Gauge } from './gauge.tsx';
import { HoldHistory } from './hold-history.tsx';
import styles from './portal.module.css';
import { PortalNow } from './portal-now.tsx';
import { SetUpCheck } from './set-up-check.tsx';
import { WebhookFacts } from './webhook-facts.tsx';

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
            <WebhookFacts portal={known} />
            <Gauges portal={known} />
            <PortalNow portal={known} />
            <HoldHistory holds={known.holds} />
          </>
        )}
      </QueryBoundary>
      {isAdmin && <SetUpCheck />}
      {isAdmin && (
        <p>
          {/* Not a page of this app: the router must ignore it. */}
          <a href={onServer('/queue')}>{words.queue}</a>
        </p>
      )}
    </div>
  );
}

function Gauges({ portal: { limits, now, history } }: { portal: Portal }) {
  const words = useTexts(portalTexts);
  const { format } = useLanguage();
  const { requestsPerSecond, operatingLimitSeconds, operatingWindowSeconds, sources } = limits;
  const requestsHint =
    requestsPerSecond === null
      ? words.noRequestLimit
      : words.requestsHint(
          format.decimal(requestsPerSecond),
          words.sources[sources.requestsPerSecond],
        );
  const operatingHint =
    operatingLimitSeconds === null
      ? words.noOperatingLimit
      : words.operatingHint(
          format.duration(operatingLimitSeconds),
          format.duration(operatingWindowSeconds),
        );
  return (
    <div className={styles.gauges}>
      <Gauge
        title={words.requests}
        hint={requestsHint}
        value={now.bucket}
        limit={limits.burst}
        history={history.map(({ at, bucket }) => ({ at, value: bucket }))}
      />
      <Gauge
        title={words.operating}
        hint={operatingHint}
        value={now.operatingSeconds}
        limit={operatingLimitSeconds}
        withUnit={words.seconds}
        history={history.map(({ at, operatingSeconds }) => ({ at, value: operatingSeconds }))}
      />
    </div>
  );
}

function Held({ portal: { hold } }: { portal: Portal }) {
  const client = useQueryClient();
  const trying = useMutation({
    mutationFn: tryNow,
    onSettled: () => client.invalidateQueries({ queryKey: portalQuery.queryKey }),
  });
  return hold && <HoldAlert hold={hold} trying={trying} onTry={() => trying.mutate()} />;
}

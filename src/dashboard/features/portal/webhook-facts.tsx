import { type LimitSource, listLimits } from '../../../domain/portal/plan.ts';
import type { Portal } from '../../api/portal-api.ts';
import { Section } from '../../components/section.tsx';
import { useLanguage, useTexts } from '../../i18n/language.tsx';
import { portalTexts } from '../../i18n/texts.ts';
import styles from './portal.module.css';

/** Who the webhook is, and what the portal allows it. */
export function WebhookFacts({ portal: { profile, limits } }: { portal: Portal }) {
  const words = useTexts(portalTexts);
  if (profile === null) {
    return (
      <Section title={words.webhook}>
        <p>{words.profileUnknown}</p>
      </Section>
    );
  }
  const { callerId, callerName, isAdmin, plan, license, scopes, missingScopes, methods } = profile;
  return (
    <Section title={words.webhook}>
      <dl className={styles.facts}>
        <dt>{words.caller}</dt>
        <dd>{callerName === null ? words.user(callerId) : `${callerName} (${callerId})`}</dd>
        <dt>{words.rights}</dt>
        <dd>{words.isAdmin(isAdmin)}</dd>
        <dt>{words.plan}</dt>
        <dd>{license === null ? words.plans[plan] : `${words.plans[plan]} (${license})`}</dd>
        <dt>{words.limits}</dt>
        <dd>
          <Bucket limits={limits} />
        </dd>
        <dt>{words.scopes}</dt>
        <dd>{scopes === null ? words.unknown : scopes.join(', ') || words.none}</dd>
        {missingScopes.length > 0 && (
          <>
            <dt>{words.missingScopes}</dt>
            <dd>{words.missing(missingScopes.join(', '))}</dd>
          </>
        )}
        <dt>{words.methods}</dt>
        <dd>
          {methods.map(({ name, available }) => (
            <div key={name}>{`${name}: ${words.isAvailable(available)}`}</div>
          ))}
        </dd>
      </dl>
    </Section>
  );
}

/** The bucket in use, and where its limits come from. */
function Bucket({ limits: { requestsPerSecond, burst, sources } }: Pick<Portal, 'limits'>) {
  const words = useTexts(portalTexts);
  const { format } = useLanguage();
  const of = (limit: string, source: LimitSource) => ({ limit, source: words.sources[source] });
  const shown = [
    requestsPerSecond === null
      ? []
      : of(words.perSecond(format.decimal(requestsPerSecond)), sources.requestsPerSecond),
    burst === null ? [] : of(words.burst(format.number(burst)), sources.burst),
  ].flat();
  return shown.length === 0 ? words.noBucket : listLimits(shown);
}

import type { Import } from '../../../server/schemas/import-schema.ts';
import { useHasOccurred } from '../../components/use-has-occurred.ts';
import { useLanguage, useTexts } from '../../i18n/language.tsx';
import { importTexts } from '../../i18n/texts.ts';

/** One or two sentences on what happens now. */
export function Now({ it }: { it: Import }) {
  const words = useTexts(importTexts);
  const { format } = useLanguage();
  const isDue = useHasOccurred(it.waitingUntil);
  if (it.state === 'pausing' || it.state === 'cancelling') {
    return words.now[it.state](it.inFlight - it.leftOut, it.leftOut);
  }
  if (it.state === 'cancelled') return words.now.cancelled;
  if (it.state === 'finished') return null;
  if (it.state === 'paused') {
    return it.trial?.pending === 0
      ? words.tried(it.trial.pairs, it.trial.invited, it.outcomes.pending)
      : words.now.paused;
  }
  const left = it.etaSeconds === null ? null : words.left(format.timeLeft(it.etaSeconds));
  const trial = it.trial && words.trying(it.trial.pairs);
  return [going(), trial ?? left].filter(Boolean).join(' ');

  function going(): string {
    if (it.hold?.isTried) return words.holdTried;
    if (it.hold && isDue) return words.holdDue;
    if (it.waitingUntil && !isDue) {
      const time = format.second(it.waitingUntil);
      const isRetried = it.waitingFor === 'hold' || it.waitingFor === 'groups';
      const next = isRetried ? words.nextAttempt(time) : words.continuesAt(time);
      return it.waitingFor ? `${words.waitingFor[it.waitingFor]} ${next}` : next;
    }
    if (it.waitingFor === 'redis' || it.waitingFor === 'import') {
      return words.waitingFor[it.waitingFor];
    }
    if (it.perMinute === 0) return words.now.starting;
    return `${words.now.running} ${words.perMinute(Math.round(it.perMinute))}`;
  }
}

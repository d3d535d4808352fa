import type { Import } from '../../server/schemas/import.ts';
import { useLanguage, useWords } from '../language/language.tsx';
import { importWords } from './words.ts';

/** One or two sentences on what happens now. */
export function Now({ it }: { it: Import }) {
  const words = useWords(importWords);
  const { format } = useLanguage();
  if (it.state === 'finished' || it.state === 'cancelled') {
    const { startedAt, workedSeconds } = it;
    const took =
      startedAt !== null && workedSeconds !== null && words.took(format.duration(workedSeconds));
    return [words.now[it.state], took].filter(Boolean).join(' ');
  }
  if (it.state === 'paused') return words.now.paused;
  const until = it.waitingUntil
    ? `${words.waitingUntil(format.time(it.waitingUntil))}${it.waitingFor ? `: ${words.waitingFor[it.waitingFor]}` : '.'}`
    : it.perMinute > 0
      ? `${words.now.running} ${words.perMinute(format.number(it.perMinute))}`
      : words.now.starting;
  const left = it.etaSeconds === null ? null : words.left(format.duration(it.etaSeconds));
  return [until, left].filter(Boolean).join(' ');
}

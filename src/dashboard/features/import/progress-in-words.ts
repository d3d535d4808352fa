import { countProgress } from '../../../domain/imports/progress-counts.ts';
import type { Import } from '../../../server/schemas/import-schema.ts';
import type { ImportTexts } from '../../i18n/en/import-en.ts';
import type { Format } from '../../i18n/number-format.ts';

/** @returns how far an import is, or its result after its end, as one sentence */
export function progressInWords(it: Import, words: ImportTexts, format: Format): string {
  const { invited, pending, attention, share } = countProgress(it.outcomes);
  if (it.state !== 'finished' && it.state !== 'cancelled') {
    const left = format.number(pending);
    return words.progress(format.number(invited), left, format.percent(share));
  }
  const { startedAt, workedSeconds } = it;
  const time = startedAt !== null && workedSeconds !== null ? format.duration(workedSeconds) : null;
  const counts = [
    words.invited(format.number(invited)),
    ...(attention === 0 ? [] : [words.attention(format.number(attention), attention)]),
  ];
  return `${words.ended[it.state](time)}: ${counts.join(', ')}`;
}

import { isoText, numberText } from '../workbook/cell-text.ts';
import { attribute } from '../workbook/xml-text.ts';

/**
 * @param attributes of the cell's tag
 * @param shown the text that LibreOffice shows, from its paragraphs
 * @returns the cell's text: a number, a date, a time or a boolean by its value, everything else as it is shown;
 * undefined for a formula without a stored value
 */
export function odsCell(attributes: string, shown: string): string | undefined {
  const value = (name: string) => attribute(attributes, `office:${name}`);
  switch (value('value-type')) {
    case 'float':
    case 'percentage':
    case 'currency':
      return numberText(value('value') ?? shown);
    case 'date':
      return isoText(value('date-value') ?? shown);
    case 'time':
      return timeText(value('time-value') ?? shown);
    case 'boolean':
      return (value('boolean-value') ?? shown).toUpperCase();
    case 'string':
      return value('string-value') || shown;
    default:
      return shown === '' && attributes.includes('formula') ? undefined : shown;
  }
}

/** @returns `09:30` for `PT09H30M00S`; another text unchanged */
function timeText(duration: string): string {
  const [, hours, minutes, seconds] = /^PT(\d+)H(\d+)M(\d+)(?:[.,]\d+)?S$/.exec(duration) ?? [];
  if (hours === undefined || minutes === undefined) return duration;
  const parts = [hours, minutes, ...(Number(seconds) === 0 ? [] : [seconds ?? ''])];
  return parts.map((part) => part.padStart(2, '0')).join(':');
}

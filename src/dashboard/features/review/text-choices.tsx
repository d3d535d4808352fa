import { NativeSelect } from '@mantine/core';
import type { Format } from '../../../server/schemas/format-schema.ts';
import type { Reread } from '../../../server/schemas/upload-schema.ts';
import { useIsAdmin } from '../../app/session-gate.tsx';
import { useTexts } from '../../i18n/language.tsx';
import { reviewTexts } from '../../i18n/texts.ts';
import { DELIMITERS, delimiterOf, ENCODING_NAMES, ENCODINGS, encodingOf } from './file-formats.ts';

interface Props {
  format: Format;
  onChange: (change: Pick<Reread, 'encoding'> | Pick<Reread, 'delimiter'>) => void;
}

/** Encoding and delimiter of a file that is text. */
export function TextChoices({ format, onChange }: Props) {
  const words = useTexts(reviewTexts);
  const isAdmin = useIsAdmin();
  return (
    <>
      <NativeSelect
        label={words.encoding}
        inputWrapperOrder={['label', 'input', 'description']}
        description={format.encodingBy === 'guess' ? words.guess : undefined}
        disabled={!isAdmin}
        value={format.encoding}
        data={ENCODINGS.map((value) => ({ value, label: ENCODING_NAMES[value] }))}
        onChange={({ target }) => onChange({ encoding: encodingOf(target.value) })}
      />
      <NativeSelect
        label={words.delimiter}
        disabled={!isAdmin}
        value={format.delimiter}
        data={DELIMITERS.map((value) => ({ value, label: words.delimiters[value] }))}
        onChange={({ target }) => onChange({ delimiter: delimiterOf(target.value) })}
      />
    </>
  );
}

import { Fragment } from 'react';

/** The name of a file, which wraps after a separator, not anywhere. */
export function FileName({ name }: { name: string }) {
  return (
    <bdi>
      {name.split(/(?<=[_.-])/).map((part, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: parts have no other key
        <Fragment key={i}>
          {i > 0 && <wbr />}
          {part}
        </Fragment>
      ))}
    </bdi>
  );
}

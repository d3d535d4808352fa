const counted = (n: number, one: string, many: string): string =>
  `${n.toLocaleString('en')} ${n === 1 ? one : many}`;

/** What an entry of the audit trail says beyond its action, by code. */
export const auditDetailsEn = {
  rows: ({ file, rows }: { file: string; rows: number }) =>
    `${file}, ${counted(rows, 'row', 'rows')}`,
  rows_and_pairs: ({ file, rows, pairs }: { file: string; rows: number; pairs: number }) =>
    `${file}, ${counted(rows, 'row', 'rows')}, ${counted(pairs, 'invitation', 'invitations')}`,
  pairs: ({ pairs }: { pairs: number }) => counted(pairs, 'invitation', 'invitations'),
  until: ({ time }: { time: string }) => `until ${time}`,
  file: ({ file }: { file: string }) => file,
  replaces: ({ id }: { id: number }) => `import ${id}`,
  hold: ({ error, description }: { error: string; description: string }) =>
    `${error}: ${description}`,
  result: ({ invited, attention }: { invited: number; attention: number }) =>
    attention === 0
      ? `${invited.toLocaleString('en')} invited`
      : `${invited.toLocaleString('en')} invited, ${attention.toLocaleString('en')} need attention`,
  ordered: ({ done, others }: { done: number; others: number }) =>
    others === 0
      ? `${done.toLocaleString('en')} done`
      : `${done.toLocaleString('en')} done, ${others.toLocaleString('en')} not`,
  retried: ({ pairs, invited }: { pairs: number; invited: number }) =>
    `${invited.toLocaleString('en')} of ${pairs.toLocaleString('en')} invited now`,
  verbatim: ({ text }: { text: string }) => text,
};

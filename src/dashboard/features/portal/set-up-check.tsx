import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { type CheckResult, checkSetUp, type DoctorReport } from '../../api/doctor-api.ts';
import { DataTable } from '../../components/data-table.tsx';
import { ErrorAlert } from '../../components/error-alert.tsx';
import layout from '../../components/layout.module.css';
import { Section } from '../../components/section.tsx';
import { useLanguage, useTexts } from '../../i18n/language.tsx';
import { setUpTexts } from '../../i18n/texts.ts';
import { findingInWords } from './finding-in-words.ts';
import styles from './portal.module.css';

/** Lets an administrator check the set-up of the program, and shows the results. */
export function SetUpCheck() {
  const words = useTexts(setUpTexts);
  const checking = useMutation({ mutationFn: checkSetUp });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const group = Number(new FormData(event.currentTarget).get('group') ?? '');
    checking.mutate(group > 0 ? group : undefined);
  };
  return (
    <Section title={words.title}>
      <p className={layout.dimmed}>{words.hint}</p>
      <form onSubmit={submit} className={styles.form}>
        <TextInput name="group" label={words.group} inputMode="numeric" pattern=" *\d* *" />
        <Button type="submit" loading={checking.isPending}>
          {words.check}
        </Button>
      </form>
      {checking.error && <ErrorAlert error={checking.error} />}
      <div role="status" className={layout.status}>
        {checking.data && (checking.data.sound ? words.passed : words.failed)}
      </div>
      {checking.data && <Results report={checking.data} />}
    </Section>
  );
}

function Results({ report: { results } }: { report: DoctorReport }) {
  const words = useTexts(setUpTexts);
  const { head, status, checks } = words;
  return (
    <DataTable
      label={words.title}
      rows={results}
      columns={[
        {
          head: head.status,
          kind: 'short',
          of: (result) => <span className={styles[result.status]}>{status[result.status]}</span>,
        },
        { head: head.check, kind: 'name', of: ({ check }) => checks[check] },
        { head: head.found, kind: 'text', of: (result) => <Found result={result} /> },
      ]}
    />
  );
}

function Found({ result }: { result: CheckResult }) {
  const { language } = useLanguage();
  const { found, remedy } = findingInWords(result, language);
  return (
    <>
      {found}
      {remedy && <div className={layout.dimmed}>{remedy}</div>}
    </>
  );
}

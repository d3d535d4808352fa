import { Link } from 'wouter';
import type { PersonState } from '../../../domain/imports/import-check.ts';
import type { Import } from '../../../server/schemas/import-schema.ts';
import { address } from '../../api/request.ts';
import layout from '../../components/layout.module.css';
import { Section } from '../../components/section.tsx';
import { useTexts } from '../../i18n/language.tsx';
import { reviewTexts } from '../../i18n/texts.ts';
import { LeaveOutButton } from '../pairs/leave-out-button.tsx';
import type { PortalCheck } from './group-checks.tsx';
import styles from './review.module.css';

/** People of the file to check before the start, and texts that the portal may change. */
export function PeopleNoted({ it, check }: { it: Import; check: PortalCheck }) {
  const words = useTexts(reviewTexts);
  const { missing, dismissed, unnotified, notShown, filteredTexts } = check;
  const people = missing.count + dismissed.count + unnotified.count;
  if (people + notShown.length + filteredTexts === 0) return null;
  return (
    <Section title={words.peopleTitle}>
      <Named it={it} found="missing" people={missing} />
      <Named it={it} found="dismissed" people={dismissed} />
      <Named it={it} found="unnotified" people={unnotified} />
      {filteredTexts > 0 && <p>{words.filteredTexts(filteredTexts)}</p>}
      {notShown.length > 0 && <p>{words.notShown(notShown.join(', '))}</p>}
    </Section>
  );
}

interface NamedProps {
  it: Import;
  found: PersonState;
  people: PortalCheck['missing'];
}

function Named({ it, found, people }: NamedProps) {
  const words = useTexts(reviewTexts);
  const rest = people.count - people.first.length;
  if (people.count === 0) return null;
  return (
    <div>
      <p>{words[found](people.count)}</p>
      <ul className={styles.names}>
        {people.first.map(({ id, name }) => (
          <li key={id}>{name === null ? id : <Person name={name} id={id} />}</li>
        ))}
        {rest > 0 && <li>{words.andMore(rest)}</li>}
      </ul>
      <div className={layout.row}>
        <Link href={address(`/imports/${it.id}/pairs`, { found })}>{words.showAll}</Link>
        <LeaveOutButton it={it} what={{ found }} question={words.leaveOutPeople(people.count)} />
      </div>
    </div>
  );
}

function Person({ name, id }: { name: string; id: number }) {
  return (
    <>
      <bdi>{name}</bdi> ({id})
    </>
  );
}

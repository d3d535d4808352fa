import { Section } from '../../components/section.tsx';
import { useTexts } from '../../i18n/language.tsx';
import { reviewTexts } from '../../i18n/texts.ts';
import type { PortalCheck } from './group-checks.tsx';
import styles from './review.module.css';

/** People of the file to check before the start, and texts that the portal may change. */
export function PeopleNoted({ check }: { check: PortalCheck }) {
  const words = useTexts(reviewTexts);
  const { missing, dismissed, unnotified, notShown, filteredTexts } = check;
  const people = missing.count + dismissed.count + unnotified.count;
  if (people + notShown.length + filteredTexts === 0) return null;
  return (
    <Section title={words.peopleTitle}>
      {missing.count > 0 && <Named text={words.missing(missing.count)} people={missing} />}
      {dismissed.count > 0 && <Named text={words.dismissed(dismissed.count)} people={dismissed} />}
      {unnotified.count > 0 && (
        <Named text={words.unnotified(unnotified.count)} people={unnotified} />
      )}
      {filteredTexts > 0 && <p>{words.filteredTexts(filteredTexts)}</p>}
      {notShown.length > 0 && <p>{words.notShown(notShown.join(', '))}</p>}
    </Section>
  );
}

function Named({ text, people }: { text: string; people: PortalCheck['missing'] }) {
  const words = useTexts(reviewTexts);
  const rest = people.count - people.first.length;
  return (
    <div>
      <p>{text}</p>
      <ul className={styles.names}>
        {people.first.map(({ id, name }) => (
          <li key={id}>{name === null ? id : <Person name={name} id={id} />}</li>
        ))}
        {rest > 0 && <li>{words.andMore(rest)}</li>}
      </ul>
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

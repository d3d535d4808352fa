import { Alert } from '@mantine/core';
import type { WaitingGroups } from '../../../server/schemas/import-schema.ts';
import layout from '../../components/layout.module.css';
import { useHasOccurred } from '../../components/use-has-occurred.ts';
import { useLanguage, useTexts } from '../../i18n/language.tsx';
import { importTexts } from '../../i18n/texts.ts';

/** The groups for which the portal returns an error, and when they are tried again. */
export function WaitingGroupsNotice({ groups }: { groups: WaitingGroups }) {
  const words = useTexts(importTexts);
  return (
    <Alert color="yellow" title={words.waitingGroupsTitle(groups.count)}>
      {/* Changes with each try, and need not be read out again. */}
      <div className={layout.stack} aria-live="off">
        {groups.first.map((group) => (
          <Group key={`${group.step} ${group.id}`} group={group} />
        ))}
      </div>
    </Alert>
  );
}

function Group({ group }: { group: WaitingGroups['first'][number] }) {
  const words = useTexts(importTexts);
  const { format } = useLanguage();
  const isDue = useHasOccurred(group.nextTryAt);
  const { id, name, step, code, description } = group;
  const said = [code, description].filter((text) => text !== '').join(': ');
  return (
    <p>
      {words.waitingGroup(words.group(id, name), step, format.second(group.since))}{' '}
      {words.waitingGroupError(said)}{' '}
      {isDue ? words.waitingGroupDue : words.waitingGroupNext(format.second(group.nextTryAt))}
    </p>
  );
}

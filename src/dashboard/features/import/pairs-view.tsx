import { Alert, Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import type { Import } from '../../../server/schemas/import-schema.ts';
import { pairsQuery } from '../../api/imports-api.ts';
import { useAddress } from '../../components/address.ts';
import { Pager } from '../../components/pager.tsx';
import { QueryBoundary } from '../../components/query-boundary.tsx';
import { Section } from '../../components/section.tsx';
import { useTexts } from '../../i18n/language.tsx';
import { pairTexts } from '../../i18n/texts.ts';
import { type Filter, wrongFilters } from './filters.ts';
import { PairFilters } from './pair-filters.tsx';
import { PairTable } from './pair-table.tsx';

const PAGE = 50;

/** The pairs, duplicates and rejects, one page at a time; filters and position are in the address. */
export function PairsView({ it }: { it: Import }) {
  const words = useTexts(pairTexts);
  const { get } = useAddress();
  const wrong = wrongFilters(get);
  return (
    <Section title={words.pairs}>
      <PairFilters it={it} />
      {wrong.length > 0 ? <WrongAddress filters={wrong} /> : <Found it={it} />}
    </Section>
  );
}

function Found({ it }: { it: Import }) {
  const words = useTexts(pairTexts);
  const { get } = useAddress();
  const query = {
    outcome: get('outcome'),
    reason: get('reason'),
    group_id: get('group_id'),
    user_id: get('user_id'),
    cursor: get('cursor'),
    limit: PAGE,
  };
  const pairs = useQuery(pairsQuery(it.id, query));
  return (
    <QueryBoundary of={pairs} height={400}>
      {({ items }) => (
        <>
          {items.length === 0 ? (
            <p role="status">{words.none}</p>
          ) : (
            <PairTable label={words.pairs} pairs={items} />
          )}
          <Pager of={pairs} />
        </>
      )}
    </QueryBoundary>
  );
}

/**
 * Shown for an address with invalid filters, for example after a manual change; the filters show
 * the errors.
 */
function WrongAddress({ filters }: { filters: readonly Filter[] }) {
  const words = useTexts(pairTexts);
  const { href } = useAddress();
  const without = Object.fromEntries(filters.map((name) => [name, null]));
  return (
    <Alert color="red" role="alert" title={words.wrongAddress}>
      <Button
        component={Link}
        href={href({ ...without, cursor: null })}
        size="xs"
        variant="default"
      >
        {words.removeInvalid}
      </Button>
    </Alert>
  );
}

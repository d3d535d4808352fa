import { Alert, Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { MOST_RECORDS } from '../../../domain/pairs/record-order.ts';
import type { Import } from '../../../server/schemas/import-schema.ts';
import { pairsQuery } from '../../api/imports-api.ts';
import { useAddress } from '../../components/address.ts';
import { NumberedPager } from '../../components/numbered-pager.tsx';
import { QueryBoundary } from '../../components/query-boundary.tsx';
import { Section } from '../../components/section.tsx';
import { useTexts } from '../../i18n/language.tsx';
import { pairTexts } from '../../i18n/texts.ts';
import { CRITERIA, type Filter, wrongFilters } from './filters.ts';
import { FoundPairs } from './found-pairs.tsx';
import { PairFilters } from './pair-filters.tsx';

const PAGE = 50;

/** The pairs, duplicates and rejects by pages; filters, order and page are in the address. */
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
  const criteria = Object.fromEntries(CRITERIA.map((name) => [name, get(name)]));
  const page = Math.max(1, Number(get('page') ?? 1) || 1);
  const query = { ...criteria, sort: get('sort'), page, limit: PAGE };
  const pairs = useQuery(pairsQuery(it.id, query));
  return (
    <QueryBoundary of={pairs} height={400}>
      {({ items, total, isTotalExact }) =>
        items.length === 0 ? (
          <p role="status">{words.none}</p>
        ) : (
          <>
            <FoundPairs
              // A selection belongs to one page.
              key={JSON.stringify(query)}
              {...{ it, items, criteria, isTotalExact }}
              total={total ?? items.length}
            />
            <NumberedPager
              page={page}
              last={Math.ceil(Math.min(total ?? 0, MOST_RECORDS) / PAGE)}
            />
          </>
        )
      }
    </QueryBoundary>
  );
}

/** Shown for an address with invalid filters; the filters show the errors. */
function WrongAddress({ filters }: { filters: readonly Filter[] }) {
  const words = useTexts(pairTexts);
  const { href } = useAddress();
  const without = Object.fromEntries(filters.map((name) => [name, null]));
  return (
    <Alert color="red" role="alert" title={words.wrongAddress}>
      <Button component={Link} href={href({ ...without, page: null })} size="xs" variant="default">
        {words.removeInvalid}
      </Button>
    </Alert>
  );
}

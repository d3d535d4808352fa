import { Alert } from '@mantine/core';
import type { OrderResult } from '../../../domain/imports/order.ts';
import type { Order } from '../../../server/schemas/orders/order-schema.ts';
import layout from '../../components/layout.module.css';
import { useLanguage, useTexts } from '../../i18n/language.tsx';
import { orderTexts } from '../../i18n/texts.ts';
import styles from './orders.module.css';

const RESULTS: readonly OrderResult[] = ['done', 'kept', 'refused', 'unknown'];

/** What an order will do and did, in parts with their reasons, and what cannot be excluded. */
export function OrderParts({ order }: { order: Order }) {
  const words = useTexts(orderTexts);
  const own = words[order.kind];
  const isPreview = order.state === 'ready';
  const { means } = order;
  return (
    <>
      <ul className={styles.parts}>
        {isPreview && <li className={styles.main}>{own.of(own.willBe, order.toDo)}</li>}
        {RESULTS.map((result) => (
          <Part key={result} order={order} result={result} />
        ))}
        {!isPreview && order.toDo > 0 && <li>{own.of(own.left, order.toDo)}</li>}
      </ul>
      {isPreview && order.toDo > 0 && means?.method === 'delete' && (
        <Alert color="yellow">{own.risks.delete}</Alert>
      )}
      {isPreview && order.toDo > 0 && means?.showsOrigin === false && (
        <Alert color="yellow">{own.risks.origin}</Alert>
      )}
    </>
  );
}

function Part({ order, result }: { order: Order; result: OrderResult }) {
  const words = useTexts(orderTexts);
  const { format } = useLanguage();
  const own = words[order.kind];
  const some = order.results.filter((one) => one.result === result);
  if (some.length === 0) return null;
  const count = some.reduce((sum, one) => sum + one.count, 0);
  return (
    <li>
      {own.of(own[result], count)}
      {result !== 'done' && (
        <ul className={layout.dimmed}>
          {some.map((one) => (
            <li key={one.reason}>
              {format.number(one.count)} · {own.reasons[one.reason]}
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

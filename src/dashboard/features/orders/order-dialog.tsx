import { Button, Loader } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { Order } from '../../../server/schemas/orders/order-schema.ts';
import type { OrderName } from '../../api/orders-api.ts';
import { ErrorAlert } from '../../components/error-alert.tsx';
import layout from '../../components/layout.module.css';
import { importProblemInWords } from '../../i18n/in-words.ts';
import { useLanguage, useTexts } from '../../i18n/language.tsx';
import { orderTexts } from '../../i18n/texts.ts';
import { ConfirmNumber } from './confirm-number.tsx';
import { KIND_OF } from './order-kinds.ts';
import { OrderParts } from './order-parts.tsx';
import { ReminderText } from './reminder-text.tsx';
import { type OrderAct, useOrder } from './use-order.ts';

interface Props {
  id: number;
  name: OrderName;
  onClose: () => void;
}

/**
 * An order from its preview to its result. It reads a new preview when it opens, because people answer invitations;
 * an order that is being carried out is shown as it is.
 */
export function OrderDialog({ id, name, onClose }: Props) {
  const words = useTexts(orderTexts);
  const { order, isFetched, error, acting } = useOrder(id, name, true);
  const { mutate } = acting;
  const [hasBegun, setBegun] = useState(false);
  const [isWritten, setWritten] = useState(name !== 'remind');
  const needsText = !isWritten && order?.state !== 'running';
  useEffect(() => {
    if (!isFetched || hasBegun) return;
    setBegun(true);
    if (order?.state !== 'running' && !needsText) mutate('preview');
  }, [isFetched, hasBegun, order, mutate, needsText]);
  // Before the new preview there is only an old order.
  const isOld = !hasBegun || (acting.isPending && isPreview(acting.variables));
  return (
    <div className={layout.stack}>
      <h2>{words[KIND_OF[name]].title}</h2>
      {error && <ErrorAlert error={error} />}
      {needsText && isFetched ? (
        <ReminderText
          onPreview={(message) => {
            setWritten(true);
            mutate({ message });
          }}
        />
      ) : isOld || order === null ? (
        !error && <Waiting text={words.starting} />
      ) : (
        <Step order={order} isActing={acting.isPending} onAct={mutate} />
      )}
      <div className={layout.row}>
        <Button variant="default" data-autofocus onClick={onClose}>
          {words.close}
        </Button>
        {!needsText && (error !== null || order?.state === 'failed') && (
          <Button
            variant="default"
            loading={acting.isPending}
            onClick={() => (name === 'remind' ? setWritten(false) : mutate('preview'))}
          >
            {words.again}
          </Button>
        )}
        {order?.state === 'running' && (
          <Button
            color="red"
            variant="light"
            loading={acting.isPending}
            onClick={() => mutate('stop')}
          >
            {words.stop}
          </Button>
        )}
      </div>
    </div>
  );
}

const isPreview = (act: OrderAct | undefined): boolean =>
  act === 'preview' || (typeof act === 'object' && 'message' in act);

interface StepProps {
  order: Order;
  isActing: boolean;
  onAct: (act: OrderAct) => void;
}

function Step({ order, isActing, onAct }: StepProps) {
  const words = useTexts(orderTexts);
  const { format, language } = useLanguage();
  const own = words[order.kind];
  switch (order.state) {
    case 'reading':
      return (
        <Waiting text={words.reading(format.number(order.read), format.number(order.pairs))} />
      );
    case 'failed': {
      const problem = importProblemInWords(order.problem, language);
      return (
        <p role="alert">
          {problem?.detail} {problem?.remedy}
        </p>
      );
    }
    case 'ready':
      return (
        <>
          <p>{own.explain}</p>
          {order.message && <blockquote>{order.message}</blockquote>}
          <OrderParts order={order} />
          {order.toDo === 0 ? (
            <p role="status">{own.nothing}</p>
          ) : (
            <ConfirmNumber
              key={order.id}
              number={order.toDo}
              label={own.start(format.number(order.toDo))}
              isPending={isActing}
              onConfirm={() => onAct({ confirm: order.toDo })}
            />
          )}
        </>
      );
    case 'running': {
      const done = order.results.find(({ result }) => result === 'done')?.count ?? 0;
      const all = order.results.reduce(
        (sum, { result, count }) => sum + (result === 'done' ? count : 0),
        order.toDo,
      );
      return (
        <>
          <Waiting text={own.running(format.number(done), format.number(all))} />
          <p className={layout.dimmed}>{words.goesOn}</p>
        </>
      );
    }
    case 'finished':
    case 'cancelled':
      return (
        <>
          <p role="status">{order.state === 'finished' ? own.finished : own.stopped}</p>
          <OrderParts order={order} />
        </>
      );
    default:
      return order.state satisfies never;
  }
}

const Waiting = ({ text }: { text: string }) => (
  <div className={layout.row}>
    <Loader size="sm" />
    <span role="status">{text}</span>
  </div>
);

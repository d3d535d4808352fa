import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import type { Import } from '../../../server/schemas/import-schema.ts';
import type { OrderName } from '../../api/orders-api.ts';
import { useTexts } from '../../i18n/language.tsx';
import { orderTexts } from '../../i18n/texts.ts';
import { OrderDialog } from './order-dialog.tsx';
import { KIND_OF } from './order-kinds.ts';

/** States in which an import invites no one. */
const AT_REST: readonly string[] = ['paused', 'finished', 'cancelled'];

/** Opens the dialog of an order for the people that an import has invited. */
export function OrderButton({ it, name }: { it: Import; name: OrderName }) {
  const words = useTexts(orderTexts)[KIND_OF[name]];
  const [isOpen, setOpen] = useState(false);
  const close = () => setOpen(false);
  const canOrder = AT_REST.includes(it.state) && (it.outcomes.invited ?? 0) > 0;
  return (
    <>
      {canOrder && (
        <Button variant="default" onClick={() => setOpen(true)}>
          {words.button}
        </Button>
      )}
      {/* In parts, because the complete Modal adds a second banner for screen readers. */}
      <Modal.Root opened={isOpen} onClose={close} size="lg">
        <Modal.Overlay />
        <Modal.Content aria-label={words.title}>
          <Modal.Body>
            {isOpen && <OrderDialog id={it.id} name={name} onClose={close} />}
          </Modal.Body>
        </Modal.Content>
      </Modal.Root>
    </>
  );
}

import type { RemedyCode } from '../../domain/remedy-code.ts';
import type { Language } from '../language/in-both.ts';

/** The server says what to do in English; this is the same in Russian. */
export const PORTAL_REMEDIES: Readonly<Record<RemedyCode, string>> = {
  renew_webhook:
    'Вебхук удалён, или его адрес неверен: создайте входящий вебхук в Битрикс24 и впишите его адрес в BITRIX24_WEBHOOK_URL.',
  give_scope: 'Откройте вебхук в Битрикс24 и дайте ему право sonet_group.',
  ask_for_rest:
    'Портал не разрешает REST этому человеку или тарифу: спросите администратора портала.',
  ask_support:
    'Битрикс24 заблокировал REST этого портала вручную: снять это может только его поддержка.',
  check_address: 'Портала больше нет: проверьте адрес в BITRIX24_WEBHOOK_URL.',
  use_https: 'Портал требует https: проверьте адрес в BITRIX24_WEBHOOK_URL.',
  take_new_address: 'Портал переехал: возьмите адрес вебхука в Битрикс24 заново.',
  check_module: 'Портал не знает такого метода: установлен ли модуль групп, верен ли адрес?',
  wait_for_portal:
    'Портал не отвечает: возможно, на нём идут работы. Мы пробуем снова, пока не ответит; ничего не потеряется.',
  check_network: 'До портала не достучаться: проверьте сеть и имя портала в BITRIX24_WEBHOOK_URL.',
  ask_administrator: 'Посмотрите, что говорит сам портал, и спросите его администратора.',
};

/** @returns what to do about a hold, in the reader's language */
export function holdRemedy(
  { remedy, remedyCode }: { remedy: string; remedyCode: RemedyCode },
  language: Language,
): string {
  return language === 'en' ? remedy : PORTAL_REMEDIES[remedyCode];
}

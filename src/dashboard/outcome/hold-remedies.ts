import type { Language } from '../language/in-both.ts';

const LOST_KEY =
  'Вебхук удалён, или его адрес неверен: создайте входящий вебхук в Битрикс24 и впишите его адрес в BITRIX24_WEBHOOK_URL.';
const NO_REST =
  'Портал не разрешает REST этому человеку или тарифу: спросите администратора портала.';
const NO_NETWORK =
  'До портала не достучаться: проверьте сеть и имя портала в BITRIX24_WEBHOOK_URL.';

/** The server says what to do in English; this is the same in Russian, by the portal's code. */
const RUSSIAN: Readonly<Record<string, string>> = {
  NO_AUTH_FOUND: LOST_KEY,
  INVALID_CREDENTIALS: LOST_KEY,
  EXPIRED_TOKEN: LOST_KEY,
  INVALID_TOKEN: LOST_KEY,
  WRONG_AUTH_TYPE: LOST_KEY,
  AUTHORIZATION_ERROR: LOST_KEY,
  INSUFFICIENT_SCOPE: 'Откройте вебхук в Битрикс24 и дайте ему право sonet_group.',
  ACCESS_DENIED: NO_REST,
  USER_ACCESS_ERROR: NO_REST,
  PAYMENT_REQUIRED: NO_REST,
  OVERLOAD_LIMIT:
    'Битрикс24 заблокировал REST этого портала вручную: снять это может только его поддержка.',
  PORTAL_DELETED: 'Портала больше нет: проверьте адрес в BITRIX24_WEBHOOK_URL.',
  INVALID_REQUEST: 'Портал требует https: проверьте адрес в BITRIX24_WEBHOOK_URL.',
  REDIRECT: 'Портал переехал: возьмите адрес вебхука в Битрикс24 заново.',
  ERROR_METHOD_NOT_FOUND:
    'Портал не знает такого метода: установлен ли модуль групп, верен ли адрес?',
  ECONNREFUSED: NO_NETWORK,
  ENOTFOUND: NO_NETWORK,
  EAI_AGAIN: NO_NETWORK,
  EHOSTUNREACH: NO_NETWORK,
  ENETUNREACH: NO_NETWORK,
  UND_ERR_CONNECT_TIMEOUT: NO_NETWORK,
};

export function holdRemedy(hold: { code: string; remedy: string }, language: Language): string {
  if (language === 'en') return hold.remedy;
  return RUSSIAN[hold.code.toUpperCase()] ?? hold.remedy;
}

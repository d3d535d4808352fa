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
  trust_certificate:
    'Сертификат портала подписан тем, кому этот компьютер не доверяет; так бывает, когда компания проверяет TLS и подписывает сама. Назовите файл с сертификатом её центра в переменной окружения NODE_EXTRA_CA_CERTS (в .env она не действует) и запустите программу снова.',
  check_certificate:
    'Сертификат портала выписан на другое имя или на другой срок: проверьте имя портала в BITRIX24_WEBHOOK_URL и часы этого компьютера.',
  use_proxy:
    'Задан HTTPS_PROXY, но Node.js пользуется им, только если в окружении есть и NODE_USE_ENV_PROXY=1 (в .env обе переменные не действуют): задайте её и запустите программу снова.',
  check_proxy:
    'Прокси из HTTPS_PROXY не пропускает программу: впишите в HTTPS_PROXY его имя и пароль или попросите администратора разрешить портал.',
  ask_administrator: 'Посмотрите, что говорит сам портал, и спросите его администратора.',
};

/** @returns what to do about a hold, in the reader's language */
export function holdRemedy(
  { remedy, remedyCode }: { remedy: string; remedyCode: RemedyCode },
  language: Language,
): string {
  return language === 'en' ? remedy : PORTAL_REMEDIES[remedyCode];
}

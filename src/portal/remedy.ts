/** @returns what a person should do about an error that concerns the portal as a whole */
export function remedyFor(code: string): string {
  switch (code.toUpperCase()) {
    case 'NO_AUTH_FOUND':
    case 'INVALID_CREDENTIALS':
    case 'EXPIRED_TOKEN':
    case 'INVALID_TOKEN':
    case 'WRONG_AUTH_TYPE':
    case 'AUTHORIZATION_ERROR':
      return 'The webhook was deleted or its address is wrong: create an inbound webhook in Bitrix24 and set BITRIX24_WEBHOOK_URL to its address.';
    case 'INSUFFICIENT_SCOPE':
      return 'Edit the webhook in Bitrix24 and give it the scope sonet_group.';
    case 'ACCESS_DENIED':
    case 'USER_ACCESS_ERROR':
    case 'PAYMENT_REQUIRED':
      return 'The portal does not allow REST to this person or plan: ask its administrator.';
    case 'OVERLOAD_LIMIT':
      return 'Bitrix24 has blocked REST for this portal by hand: only its support can lift that.';
    case 'PORTAL_DELETED':
      return 'The portal is gone: check the address in BITRIX24_WEBHOOK_URL.';
    case 'INVALID_REQUEST':
      return 'The portal wants https: check the address in BITRIX24_WEBHOOK_URL.';
    case 'REDIRECT':
      return 'The portal has moved: take the webhook’s address from Bitrix24 anew.';
    case 'ERROR_METHOD_NOT_FOUND':
      return 'The portal does not know the method: is the workgroups module installed, is the address one of Bitrix24?';
    case 'ECONNREFUSED':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'UND_ERR_CONNECT_TIMEOUT':
      return 'The portal cannot be reached: check the network and the host in BITRIX24_WEBHOOK_URL.';
    default:
      return 'See the portal’s own words, and ask its administrator.';
  }
}

/**
 * @param url of a request line. A request to a proxy contains the whole address, and a server
 * accepts that as well (RFC 9112, 3.2.2)
 * @returns its path and query
 */
export const pathOf = (url: string): string => url.replace(/^https?:\/\/[^/?#]*\/?/i, '/');

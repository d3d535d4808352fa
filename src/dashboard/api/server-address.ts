/** The path of the page on its host, as the server wrote it into the page: `/bulk-invite`, or empty. */
export const basePath = (): string => document.documentElement.dataset.base ?? '';

/**
 * @param path of this server, such as `/api/imports`
 * @returns the address for a request or a link that the router does not handle
 */
export const onServer = (path: string): string => `${basePath()}${path}`;

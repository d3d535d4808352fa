/**
 * The page to open after login.
 *
 * @param search query of the login address, as the server creates it
 * @returns a path of this page, without the base path; any other address in the query is ignored, so that a link cannot
 * lead elsewhere
 */
export function nextPlace(search: string): string {
  const next = new URLSearchParams(search).get('next') ?? '/';
  return /^\/(?![/\\])/.test(next) ? next : '/';
}

/**
 * Where somebody wanted to go who had to log in first.
 *
 * @param search of the address of the login, as the server makes it
 * @returns a place of ours; whoever writes another into the address leads nobody away
 */
export function nextPlace(search: string): string {
  const next = new URLSearchParams(search).get('next') ?? '/';
  return /^\/(?![/\\])/.test(next) ? next : '/';
}

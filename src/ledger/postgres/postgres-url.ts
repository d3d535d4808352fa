/** @returns whether a ledger's place is a Postgres URL and not the path of a file */
export const isPostgresUrl = (place: string): boolean => /^postgres(ql)?:\/\//i.test(place);

/** @returns the URL for display, without user, password and options */
export function showPostgresUrl(url: string): string {
  // `USER@/DATABASE?host=/run/postgresql` names a socket, and the URL parser rejects it.
  const { hostname, port, pathname, searchParams } = new URL(url.replace('@/', '@localhost/'));
  const host = searchParams.get('host') ?? (hostname || 'localhost');
  return `postgres://${host}${port && `:${port}`}${pathname}`;
}

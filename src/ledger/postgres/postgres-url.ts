/** @returns whether a place is the URL of a Postgres server, rather than the path of a file */
export const isPostgresUrl = (place: string): boolean => /^postgres(ql)?:\/\//i.test(place);

/** @returns the URL as it may be shown: neither user nor password, nor any option */
export function showPostgresUrl(url: string): string {
  // `USER@/DATABASE?host=/run/postgresql` names a socket, and is no URL for the parser.
  const { hostname, port, pathname, searchParams } = new URL(url.replace('@/', '@localhost/'));
  const host = searchParams.get('host') ?? (hostname || 'localhost');
  return `postgres://${host}${port && `:${port}`}${pathname}`;
}

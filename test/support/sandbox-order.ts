/**
 * Sends a request to the control API of a sandbox portal.
 *
 * @param path below `/sandbox/`
 * @throws Error with the answer when the request fails
 */
export async function orderSandbox(
  { origin }: { readonly origin: string },
  path: string,
  body: unknown,
): Promise<void> {
  const url = `${origin}/sandbox/${path}`;
  const answer = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(await answer.text());
}

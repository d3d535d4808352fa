/**
 * Gives a sandbox portal an order on its control plane.
 *
 * @param path below `/sandbox/`
 * @throws what it answers when it refuses
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

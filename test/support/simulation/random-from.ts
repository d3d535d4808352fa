/** @returns a source of numbers in [0, 1) that is the same for each seed (a Lehmer generator) */
export function randomFrom(seed: number): () => number {
  let state = seed * 7 + 3;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

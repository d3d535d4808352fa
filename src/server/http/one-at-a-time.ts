/**
 * Runs one call at a time. A call with the argument of a call in progress gets the same result; a
 * call with another argument waits for its turn.
 */
export function oneAtATime<Argument, Answer>(
  act: (argument: Argument) => Promise<Answer>,
): (argument: Argument) => Promise<Answer> {
  const waiting = new Map<Argument, Promise<Answer>>();
  let last: Promise<unknown> = Promise.resolve();
  return (argument) => {
    const same = waiting.get(argument);
    if (same !== undefined) return same;
    const answer = last
      .catch(() => {})
      .then(() => act(argument))
      .finally(() => waiting.delete(argument));
    waiting.set(argument, answer);
    last = answer;
    return answer;
  };
}

/** Results of `work` on each value, in the order of the values; at most `max` at the same time. */
export async function* inParallel<T, R>(
  values: AsyncIterable<T> | Iterable<T>,
  max: number,
  work: (value: T) => Promise<R>,
): AsyncGenerator<R> {
  const begun: Promise<R>[] = [];
  for await (const value of values) {
    const result = work(value);
    // Reported when its turn comes, if it ever does.
    result.catch(() => undefined);
    begun.push(result);
    if (begun.length >= max) yield await begun.shift()!;
  }
  for (const result of begun) yield await result;
}

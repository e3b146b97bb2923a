/** Waits until a reading is the `expected` one, and gives it; rejects with the last one after `milliseconds`. */
export async function until<T>(
  what: string,
  read: () => T | Promise<T>,
  expected: (seen: T) => boolean,
  milliseconds = 10_000,
): Promise<T> {
  const end = Date.now() + milliseconds;
  for (;;) {
    const seen = await read();
    if (expected(seen)) return seen;
    if (Date.now() > end)
      throw new Error(`${what}: not seen in ${milliseconds / 1000} s; at last ${JSON.stringify(seen, undefined, 1)}`);
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}

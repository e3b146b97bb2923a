/**
 * `work`, done once for each object that it is asked about: for what follows from a value that never changes, and is asked
 * for once per class or per row.
 */
export function onceFor<K extends object, V extends object>(work: (of: K) => V): (of: K) => V {
  const known = new WeakMap<K, V>();
  return of => {
    const before = known.get(of);
    if (before !== undefined) return before;
    const result = work(of);
    known.set(of, result);
    return result;
  };
}

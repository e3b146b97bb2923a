/** Work that is under way, and for how many callers. */
interface Running<T> {
  readonly result: Promise<T>;
  readonly end: AbortController;
  waiting: number;
}

/**
 * `work`, done once for all who ask for it: who asks while it goes on waits for the same, and what it came to is kept where `keeps` says
 * so. A caller whose signal aborts is let go; the last of them cancels the work, and waits for its end.
 */
export function sharedWork<T>(
  work: (signal: AbortSignal) => Promise<T>,
  keeps: (result: T) => boolean = () => true,
): (signal: AbortSignal) => Promise<T> {
  let running: Running<T> | undefined;
  const begin = (): Running<T> => {
    const end = new AbortController();
    const begun: Running<T> = { result: work(end.signal), end, waiting: 0 };
    const forget = () => {
      if (running === begun) running = undefined;
    };
    begun.result.then(result => keeps(result) || forget(), forget);
    return begun;
  };
  return async signal => {
    signal.throwIfAborted();
    running ??= begin();
    const joined = running;
    joined.waiting += 1;
    let leave = () => {};
    const left = new Promise<'left'>(resolve => {
      leave = () => resolve('left');
      signal.addEventListener('abort', leave);
    });
    await Promise.race([joined.result, left]).finally(() => {
      joined.waiting -= 1;
      signal.removeEventListener('abort', leave);
    });
    if (!signal.aborted) return joined.result;
    if (joined.waiting > 0) throw signal.reason;
    if (running === joined) running = undefined;
    joined.end.abort(signal.reason);
    return joined.result;
  };
}

/** The signal of work that goes to its end once it has begun, because it has reached the kernel. */
export function neverCancelled(): AbortSignal {
  return new AbortController().signal;
}

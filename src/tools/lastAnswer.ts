/** Asks once for texts that repeat each other: `ask` gives the same for the same text. */
export function lastAnswer<T>(ask: (text: string) => T): (text: string) => T {
  let last: { readonly text: string; readonly answer: T } | undefined;
  return text => {
    if (last?.text !== text) last = { text, answer: ask(text) };
    return last.answer;
  };
}

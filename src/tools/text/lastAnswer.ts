/** Asks once for texts that repeat each other: `ask` gives the same for the same text. */
export function lastAnswer<T>(ask: (text: string) => T): (text: string) => T {
  let last: string | undefined;
  let answer: T;
  return text => {
    if (last !== text) {
      answer = ask(text);
      last = text;
    }
    return answer;
  };
}

/** What a finder says where the word does not come again: further on than any text is long, and a small integer. */
export const nowhere = 2 ** 30 - 1;

/**
 * Finds the next place of a word in a text from a position on; `nowhere` where there is none. Made for questions that go
 * through a text from its beginning on: what was found is kept, so that all of them together read the text once.
 */
export function finder(word: string): (text: string, from: number) => number {
  let known = '';
  let begun = 0;
  let found = nowhere;
  return (text, from) => {
    if (text !== known || from < begun || from > found) {
      const at = text.indexOf(word, from);
      known = text;
      begun = from;
      found = at < 0 ? nowhere : at;
    }
    return found;
  };
}

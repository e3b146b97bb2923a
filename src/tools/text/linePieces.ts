/** Takes text as it arrives. */
export interface TextFeed {
  readonly feed: (chunk: string) => void;
  readonly end: () => void;
  /** How many characters it holds until more arrives. */
  readonly held: () => number;
}

/**
 * Takes one line without its line ending: what stands in `text` between `from` and `to`. To cut every line out of its text
 * costs more than to look at it there. `goesOn`: it is the rest of the line before, which was too long to be held.
 */
export type TakeLine = (text: string, from: number, to: number, line: number, goesOn: boolean) => void;

/**
 * Splits text that arrives in chunks into lines; of a line without end it holds `longest` characters at most and gives the
 * rest in pieces. Lines count from 1.
 */
export function linePieces(longest: number, take: TakeLine): TextFeed {
  let rest = '';
  let line = 1;
  let goesOn = false;
  const whole = (text: string, from: number, to: number) => {
    const end = to > from && text.charCodeAt(to - 1) === carriageReturn ? to - 1 : to;
    take(text, from, end, line, goesOn);
    line += 1;
    goesOn = false;
  };
  return {
    feed: chunk => {
      let from = 0;
      let to = chunk.indexOf('\n');
      if (to >= 0 && rest !== '') {
        const joined = rest + chunk.slice(0, to);
        rest = '';
        whole(joined, 0, joined.length);
        from = to + 1;
        to = chunk.indexOf('\n', from);
      }
      for (; to >= 0; to = chunk.indexOf('\n', from)) {
        whole(chunk, from, to);
        from = to + 1;
      }
      rest += chunk.slice(from);
      if (rest.length <= longest) return;
      take(rest, 0, rest.length, line, goesOn);
      rest = '';
      goesOn = true;
    },
    end: () => {
      if (rest !== '') take(rest, 0, rest.length, line, goesOn);
      rest = '';
    },
    held: () => rest.length,
  };
}

const carriageReturn = 13;

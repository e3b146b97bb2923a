/** Takes text as it arrives. */
export interface TextFeed {
  readonly feed: (chunk: string) => void;
  readonly end: () => void;
  /** How many characters it holds until more arrives. */
  readonly held: () => number;
}

/** Takes one line without its line ending. `goesOn`: it is the rest of the line before, which was too long to be held. */
export type TakeLine = (text: string, line: number, goesOn: boolean) => void;

/**
 * Splits text that arrives in chunks into lines; of a line without end it holds `longest` characters at most and gives the
 * rest in pieces. Lines count from 1.
 */
export function linePieces(longest: number, take: TakeLine): TextFeed {
  let rest = '';
  let line = 1;
  let goesOn = false;
  const whole = (text: string) => {
    take(text.charCodeAt(text.length - 1) === carriageReturn ? text.slice(0, -1) : text, line, goesOn);
    line += 1;
    goesOn = false;
  };
  return {
    feed: chunk => {
      let from = 0;
      let to = chunk.indexOf('\n');
      if (to >= 0 && rest !== '') {
        whole(rest + chunk.slice(0, to));
        rest = '';
        from = to + 1;
        to = chunk.indexOf('\n', from);
      }
      for (; to >= 0; to = chunk.indexOf('\n', from)) {
        whole(chunk.slice(from, to));
        from = to + 1;
      }
      rest += chunk.slice(from);
      if (rest.length <= longest) return;
      take(rest, line, goesOn);
      rest = '';
      goesOn = true;
    },
    end: () => {
      if (rest !== '') take(rest, line, goesOn);
      rest = '';
    },
    held: () => rest.length,
  };
}

const carriageReturn = 13;

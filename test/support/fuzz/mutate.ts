import type { Random } from './random.ts';

/** Changes a text in one way; `other` is a text of any tool. */
type Mutation = (text: string, other: string, random: Random) => string;

/** What parsers are known to stumble over: quotes, brackets, numbers without end, other line ends, half characters. */
const tokens: readonly string[] = [
  '"',
  "'",
  '<',
  '>',
  '{',
  '}',
  '[',
  ']',
  '(',
  ')',
  '&',
  ';',
  ':',
  ' - ',
  '\t',
  '\r',
  '\r\n',
  '\n\n',
  '\0',
  '\ud800',
  '\u2028',
  '\ufeff',
  'é',
  '…',
  '%s',
  '$(x)',
  '`',
  '__proto__',
  'constructor',
  '-1',
  '0x',
  '0xffffffffffffffffffff',
  '18446744073709551615',
  '99999999999999999999999',
  '1e999',
  '(kernel) ',
  '| ',
  '+-o ',
  '" UserInfo={',
  'Error Domain=X Code=1 "',
  '<plist>',
  '</plist>',
  '<dict>',
  ']]>',
  '<!--',
  '&#x110000;',
  ' <class A>',
  '= ',
  ', ',
  '$',
  'Kext ',
  ' has 1 instance.',
  'panic(cpu 0 caller 0x0): ',
];

const mutations: readonly Mutation[] = [
  // A piece is gone.
  (text, _, random) => {
    const [from, to] = span(text, random);
    return text.slice(0, from) + text.slice(to);
  },
  // A piece comes several times.
  (text, _, random) => {
    const [from, to] = span(text, random);
    return text.slice(0, to) + text.slice(from, to).repeat(1 + random.whole(20)) + text.slice(to);
  },
  (text, _, random) => insert(text, random.one(tokens), random),
  (text, _, random) => insert(text, random.one(tokens).repeat(1 + random.whole(300)), random),
  (text, _, random) => {
    const at = random.whole(text.length + 1);
    return text.slice(0, at) + String.fromCharCode(random.whole(random.one([128, 0x10000]))) + text.slice(at + 1);
  },
  (text, _, random) => text.slice(0, random.whole(text.length + 1)),
  (text, _, random) => text.slice(random.whole(text.length + 1)),
  // A piece of another text.
  (text, other, random) => {
    const [from, to] = span(other, random);
    return insert(text, other.slice(from, to), random);
  },
  (text, other, random) =>
    changedLines(text, lines => lines.splice(random.whole(lines.length + 1), 0, random.one(other.split('\n')))),
  (text, _, random) => changedLines(text, lines => lines.splice(random.whole(lines.length), 1 + random.whole(3))),
  text => changedLines(text, lines => lines.reverse()),
  (text, _, random) =>
    changedLines(text, lines => lines.push(...Array<string>(random.whole(50)).fill(random.one(lines)))),
  // Two lines become one, or one becomes two.
  (text, _, random) =>
    changedLines(text, lines =>
      lines.splice(random.whole(lines.length), 2, `${random.one(lines)}${random.one(lines)}`),
    ),
  (text, _, random) => insert(text, '\n', random),
  // As pastes come: without indentation, quoted, with other line ends.
  text => text.replaceAll(/^[ \t]+/gm, ''),
  text => text.replaceAll(/^/gm, '> '),
  text => text.replaceAll('\n', '\r\n'),
  text => text.replaceAll(' ', '\u00a0'),
];

/** The text, changed in one to four ways; never longer than `longest` characters. */
export function mutate(text: string, other: string, random: Random, longest = 20_000): string {
  let mutant = text;
  for (let left = 1 + random.whole(4); left > 0; left -= 1)
    mutant = random.one(mutations)(mutant, other, random).slice(0, longest);
  return mutant;
}

/** A piece of the text: short ones are more frequent. */
function span(text: string, random: Random): readonly [from: number, to: number] {
  const from = random.whole(text.length + 1);
  return [from, Math.min(text.length, from + random.whole(random.one([2, 10, 100, 2000])))];
}

function insert(text: string, piece: string, random: Random): string {
  const at = random.whole(text.length + 1);
  return text.slice(0, at) + piece + text.slice(at);
}

function changedLines(text: string, change: (lines: string[]) => void): string {
  const lines = text.split('\n');
  change(lines);
  return lines.join('\n');
}

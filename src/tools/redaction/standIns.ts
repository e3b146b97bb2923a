import type { Original } from './original.ts';
import { isToolWord } from './toolWords.ts';

/** Letters in an order in which the first thousands of stand-ins are no words. */
const letters = 'qxzwvkjybpfmgdhcltnrsaoeiu';
const hexDigits = '0123456789abcdef';
/** Letters that take two, three and four bytes in UTF-8, so that a stand-in fits into bytes, too. */
const longLetters: Readonly<Record<number, string>> = {
  2: 'øþðæåñçßéèêëíìîïóòôöúùûü',
  3: '㐀㐁㐂㐃㐄㐅㐆㐇',
  4: '𠀀𠀁𠀂𠀃𠀄𠀅𠀆𠀇',
};

/**
 * A stand-in for each original, by the original in small letters: as long, digits for digits, letters for letters of the
 * same case, everything else as it was. They are counted out, so nothing of an original is in one; no two are the
 * same, and none holds an original or is a word of the tools.
 */
export function assignStandIns(originals: readonly Original[]): ReadonlyMap<string, string> {
  const avoided = originals.filter(({ reach }) => reach !== 'place').map(({ text }) => text.toLowerCase());
  const taken = new Set(originals.map(({ text }) => text.toLowerCase()));
  const counters = new Map<string, Counter>();
  const standIns = new Map<string, string>();
  for (const { text, hex } of originals) {
    const lower = text.toLowerCase();
    if (standIns.has(lower)) continue;
    const next = (alphabets: readonly string[]) => nextFitting(alphabets, counters, taken, avoided);
    // Where all that are as short are taken, it is hidden all the same, but two are alike.
    const standIn = next(alphabetsOf(text, hex)) ?? next(widened(text)) ?? 'x'.repeat(text.length);
    taken.add(standIn.toLowerCase());
    standIns.set(lower, standIn);
  }
  return standIns;
}

/** For each character those that may stand for it; a single one where it stays. */
function alphabetsOf(text: string, hex: boolean): readonly string[] {
  return mapped(text, character => {
    if (hex && /[0-9a-f]/.test(character)) return hexDigits;
    if (hex && /[A-F]/.test(character)) return hexDigits.toUpperCase();
    if (/\d/.test(character)) return '0123456789';
    if (/[a-z]/.test(character)) return letters;
    if (/[A-Z]/.test(character)) return letters.toUpperCase();
    if (!/\p{L}/u.test(character)) return character;
    return longLetters[new TextEncoder().encode(character).length] ?? character;
  });
}

/** Where letters for letters are used up: any letter or digit. */
function widened(text: string): readonly string[] {
  return mapped(text, character => (/[\w]/.test(character) ? `${letters}0123456789` : character));
}

/** For each character what `choose` says, and itself where it is part of the spelling of one: `&amp;` in XML, `%20` in an address. */
function mapped(text: string, choose: (character: string) => string): readonly string[] {
  return text
    .split(/(&(?:amp|lt|gt|quot|apos|#x?[0-9a-f]{1,6});|%[0-9a-f]{2})/i)
    .flatMap((part, at) => (at % 2 === 1 ? [...part] : [...part].map(choose)));
}

/** Which letter of its alphabet each character is; undefined when all were there. */
type Counter = readonly number[] | undefined;

/** The next candidate of that shape that is neither taken nor holds what is avoided. */
function nextFitting(
  alphabets: readonly string[],
  counters: Map<string, Counter>,
  taken: ReadonlySet<string>,
  avoided: readonly string[],
): string | undefined {
  const shape = alphabets.join('\n');
  const choices = alphabets.map(alphabet => [...alphabet]);
  let counter = counters.has(shape) ? counters.get(shape) : choices.map(() => 0);
  while (counter !== undefined) {
    const candidate = counter.map((choice, at) => choices[at]?.[choice] ?? '').join('');
    const obstacle = obstacleIn(candidate.toLowerCase(), taken, avoided);
    // What is in the way goes away only where one of its own characters is another one.
    counter = counted(counter, choices, obstacle ?? choices.length);
    if (obstacle !== undefined) continue;
    counters.set(shape, counter);
    return candidate;
  }
  counters.set(shape, undefined);
  return undefined;
}

/** Where what is in the way ends. */
function obstacleIn(candidate: string, taken: ReadonlySet<string>, avoided: readonly string[]): number | undefined {
  if (taken.has(candidate) || isToolWord(candidate)) return candidate.length;
  for (const other of avoided) {
    const at = candidate.indexOf(other);
    if (at !== -1) return at + other.length;
  }
  return undefined;
}

/** The counter one further at the last character before `end` that has a choice; what is behind begins anew. */
function counted(counter: readonly number[], choices: readonly (readonly string[])[], end: number): Counter {
  const next = [...counter];
  next.fill(0, end);
  for (let at = Math.min(end, next.length) - 1; at >= 0; at -= 1) {
    const further = (next[at] ?? 0) + 1;
    const isThere = further < (choices[at]?.length ?? 1);
    next[at] = isThere ? further : 0;
    if (isThere) return next;
  }
  return undefined;
}

/** The stand-in in the case in which the original stands in a text. */
export function withCaseOf(standIn: string, found: string): string {
  if (standIn.length !== found.length) return standIn;
  return Array.from({ length: found.length }, (_, at) => {
    const [to = '', like = ''] = [standIn[at], found[at]];
    if (/[a-z]/.test(like)) return to.toLowerCase();
    return /[A-Z]/.test(like) ? to.toUpperCase() : to;
  }).join('');
}

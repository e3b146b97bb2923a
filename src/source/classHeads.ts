/** A class that is defined in a file: its name, its first base and where its body lies, as offsets. */
export interface ClassHead {
  readonly name: string;
  readonly nameOffset: number;
  /** As written, without `public` and template arguments; undefined where it has no base. */
  readonly base: string | undefined;
  readonly bodyStart: number;
  /** After the closing brace; the end of the text where that is missing. */
  readonly bodyEnd: number;
}

/**
 * The class and struct definitions in masked code (see maskSource), in order. Words between `class` and the name
 * (attributes, export macros) are no part of the name.
 */
export function findClassHeads(code: string): readonly ClassHead[] {
  const heads: ClassHead[] = [];
  const closing = closingBraces(code);
  for (const match of code.matchAll(/\b(?:class|struct)\b([^;{}]{0,2000})\{/g)) {
    const head = match[1] ?? '';
    if (/\benum\s*$/.test(code.slice(Math.max(0, match.index - 10), match.index))) continue;
    // `template <class T> class Foo {`, `struct a *f(struct b)`: the last keyword before the brace counts.
    const keyword = [...head.matchAll(/\b(?:class|struct)\b/g)].at(-1);
    const skipped = keyword === undefined ? 0 : keyword.index + keyword[0].length;
    const named = nameAndBase(head.slice(skipped));
    if (named === undefined) continue;
    const bodyStart = match.index + match[0].length;
    const nameOffset = bodyStart - 1 - head.length + skipped + named.offset;
    heads.push({
      name: named.name,
      nameOffset,
      base: named.base,
      bodyStart,
      bodyEnd: closing.get(bodyStart - 1) ?? code.length,
    });
  }
  return heads;
}

/** The innermost head whose body holds `offset`. */
export function enclosingClass(heads: readonly ClassHead[], offset: number): ClassHead | undefined {
  return heads.findLast(({ bodyStart, bodyEnd }) => bodyStart <= offset && offset < bodyEnd);
}

function nameAndBase(head: string): { name: string; offset: number; base: string | undefined } | undefined {
  const plain = head.replace(/\[\[.*?\]\]|\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)/gs, found =>
    ' '.repeat(found.length),
  );
  const colon = /(?<!:):(?!:)/.exec(plain)?.index ?? plain.length;
  const left = plain.slice(0, colon);
  if (/[^\w\s:]/.test(left)) return undefined;
  const last = [...left.matchAll(/[A-Za-z_]\w*/g)].filter(word => word[0] !== 'final').at(-1);
  if (last === undefined) return undefined;
  const base = /^:\s*(?:(?:public|protected|private|virtual)\s+)*((?:::\s*)?[A-Za-z_]\w*(?:\s*::\s*\w+)*)/.exec(
    plain.slice(colon),
  );
  return { name: last[0], offset: last.index, base: base?.[1] };
}

/** Offset of every opening brace to the offset after the one that closes it. */
function closingBraces(code: string): ReadonlyMap<number, number> {
  const closing = new Map<number, number>();
  const open: number[] = [];
  for (const { 0: brace, index } of code.matchAll(/[{}]/g)) {
    if (brace === '{') open.push(index);
    else closing.set(open.pop() ?? -1, index + 1);
  }
  return closing;
}

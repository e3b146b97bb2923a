import type { SourceText } from '../source/classDeclarations.ts';
import { findClassHeads } from '../source/classHeads.ts';
import { maskSource } from '../source/maskedSource.ts';

/** What the headers of the Simulated Mac have. */
export interface HeaderNames {
  /** The header that declares a name outside of classes; for a class that defines it. */
  readonly declaredIn: ReadonlyMap<string, string>;
  /** Every word of them, members of classes among them. */
  readonly words: ReadonlySet<string>;
}

/** Reads headers; `file` of each is what an #include of it says. */
export function headerNames(headers: readonly SourceText[]): HeaderNames {
  const declaredIn = new Map<string, string>();
  const words = new Set<string>();
  for (const { file, text } of headers) {
    const { code, macros } = maskSource(text);
    const names = [...macros.map(({ name }) => name), ...findClassHeads(code).map(({ name }) => name)];
    for (const name of [...names, ...enumerators(code), ...declarators(code)]) {
      if (!declaredIn.has(name)) declaredIn.set(name, file);
      words.add(name);
    }
    for (const [word] of code.matchAll(/[A-Za-z_]\w*/g)) words.add(word);
  }
  return { declaredIn, words };
}

/** The names in the enumerations of masked code. */
export function enumerators(code: string): readonly string[] {
  const bodies = [...code.matchAll(/\benum\b[^;{}()]*\{([^{}]*)\}/g)].map(([, body = '']) => body);
  return bodies.flatMap(body => body.split(',').flatMap(each => /^\s*(\w+)/.exec(each)?.[1] ?? []));
}

/** The functions, variables and types that are declared outside of classes and bodies. */
function declarators(code: string): readonly string[] {
  let flat = code.replace(/\b__(?:BEGIN|END)_DECLS\b|\bextern\s*\{/g, ';');
  flat = untilNoMore(flat, /(\)\s*(?:const\b\s*)?)?\{[^{}]*\}/g, (_, parameters?: string) =>
    parameters === undefined ? ' ' : `${parameters};`,
  );
  const pointers = [...flat.matchAll(/\btypedef\b[^;()]*\(\s*\*\s*(\w+)\s*\)/g)].map(([, name = '']) => name);
  flat = flat.replace(/\b(?:__attribute__|__asm__|KERNEL_SYMBOL)\s*(?=\()/g, '');
  flat = untilNoMore(flat, /\([^()]*\)/g, () => '@');
  return [...pointers, ...flat.split(/[;}]/).flatMap(namesIn)];
}

/** Of one declaration, its parameters written as `@`. */
function namesIn(declaration: string): readonly string[] {
  if (/\btypedef\b.*@\s*@/s.test(declaration)) return [];
  const called = /(\w+)\s*@/.exec(declaration)?.[1];
  if (called !== undefined) return [called];
  if (/^\s*(?:class|struct|union|enum)\b/.test(declaration) || !/\w[\s*&]+\w/.test(declaration)) return [];
  return declaration.split(',').flatMap(each => /(\w+)\s*(?:\[[^\]]*\]\s*)?$/.exec(each)?.[1] ?? []);
}

function untilNoMore(text: string, what: RegExp, by: (found: string, group?: string) => string): string {
  let [before, after] = ['', text];
  while (before !== after) [before, after] = [after, after.replace(what, by)];
  return after;
}

import type { KnownMacros } from './conditions.ts';
import type { MacroDefinition } from './maskedSource.ts';

/** The macros of one file, in the order of the text. */
export interface FileMacros {
  readonly file: string;
  readonly macros: readonly MacroDefinition[];
}

/** Far more renames of a rename than anybody writes; ends a circle of them. */
const longestChain = 16;
/** Of arguments that grow. */
const longestCall = 1000;

const renaming = /^(?:::\s*)?[A-Za-z_]\w*(?:\s*::\s*[A-Za-z_]\w*)*$/;
const callForm = /^([A-Za-z_]\w*)\s*\(([\w\s,]*)\)$/;

/** Follows object-like macros that rename one identifier to another, also by a call that pastes it together. */
export class MacroNames {
  /** By file and name, in the order of the text. */
  readonly #byFile: ReadonlyMap<string, ReadonlyMap<string, readonly MacroDefinition[]>>;
  readonly #everywhere = new Map<string, string>();
  readonly #functionLike = new Map<string, MacroDefinition>();
  readonly #defines: KnownMacros;

  constructor(files: readonly FileMacros[], defines: KnownMacros) {
    this.#byFile = new Map(
      files.map(({ file, macros }) => [file, Map.groupBy(macros.filter(renames), ({ name }) => name)]),
    );
    this.#defines = defines;
    for (const { macros } of files)
      for (const macro of macros)
        if (macro.parameters !== undefined && !this.#functionLike.has(macro.name))
          this.#functionLike.set(macro.name, macro);
    for (const [name, [first]] of [...this.#byFile.values()].flatMap(byName => [...byName]))
      if (first !== undefined && !this.#everywhere.has(name)) this.#everywhere.set(name, lastName(first.replacement));
  }

  /**
   * What `token` at `offset` of `file` becomes: by the nearest definition before it in that file (so `super` means what
   * it means there), else by the build's, else by the first of the other files.
   */
  expand(token: string, file: string, offset: number): string {
    return this.#expand(token, file, offset, new Set());
  }

  /** `seen`: what was expanded already, which ends circles. */
  #expand(token: string, file: string, offset: number, seen: Set<string>): string {
    let name = token;
    seen.add(token);
    for (let step = 0; step < longestChain; step += 1) {
      const written = this.#replacement(name, file, offset);
      const isCall = written?.endsWith(')') === true;
      const replacement = isCall ? this.#pasted(written, seen, file, offset) : written;
      if (replacement === undefined || seen.has(replacement)) return name;
      seen.add(replacement);
      name = replacement;
    }
    return name;
  }

  /** The identifier that a call of function-like macros makes; undefined where it makes something else, or nobody defines them. */
  #pasted(call: string, seen: Set<string>, file: string, offset: number): string | undefined {
    // A macro within its own replacement stays as it is.
    const expand = (argument: string) => (seen.has(argument) ? argument : this.#expand(argument, file, offset, seen));
    let text = call;
    for (let step = 0; step < longestChain && text.length <= longestCall; step += 1) {
      const [, name = '', given = ''] = callForm.exec(text) ?? [];
      const macro = this.#functionLike.get(name);
      if (macro === undefined) break;
      text = replaced(
        macro,
        given.split(',').map(argument => argument.trim()),
        expand,
      );
    }
    return /^[A-Za-z_]\w*$/.test(text) ? text : undefined;
  }

  #replacement(name: string, file: string, offset: number): string | undefined {
    const nearest = lastBefore(this.#byFile.get(file)?.get(name) ?? [], offset);
    if (nearest !== undefined) return lastName(nearest.replacement);
    if (name === 'super') return undefined;
    return this.#defines.get(name) ?? this.#everywhere.get(name);
  }
}

/** What a replacement list becomes with these arguments: beside `##` as they are written, else expanded. */
function replaced(
  { parameters = '', replacement }: MacroDefinition,
  given: readonly string[],
  expand: (argument: string) => string,
): string {
  const named: readonly string[] = parameters.match(/\w+/g) ?? [];
  const words = replacement.match(/##|\w+|[^\w\s]/g) ?? [];
  let text = '';
  for (const [at, word] of words.entries()) {
    if (word === '##') continue;
    const argument = given[named.indexOf(word)];
    const [behind, before] = [words[at - 1] === '##', words[at + 1] === '##'];
    text += behind || at === 0 ? '' : ' ';
    text += argument === undefined ? word : behind || before ? argument : expand(argument);
  }
  return text;
}

/** The last of `macros`, which are in the order of the text, that stands before `offset`. */
function lastBefore(macros: readonly MacroDefinition[], offset: number): MacroDefinition | undefined {
  let [low, high] = [0, macros.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((macros[middle]?.offset ?? offset) < offset) low = middle + 1;
    else high = middle;
  }
  return macros[low - 1];
}

function renames(macro: MacroDefinition): boolean {
  if (macro.parameters !== undefined) return false;
  return (macro.replacement.endsWith(')') ? callForm : renaming).test(macro.replacement);
}

/** A namespace is no part of a class's name at run time. */
function lastName(replacement: string): string {
  return replacement.split('::').at(-1)?.trim() ?? replacement;
}

import type { KnownMacros } from './conditions.ts';
import type { MacroDefinition } from './maskedSource.ts';

/** The macros of one file, in the order of the text. */
export interface FileMacros {
  readonly file: string;
  readonly macros: readonly MacroDefinition[];
}

/** Far more renames of a rename than anybody writes; ends a circle of them. */
const longestChain = 16;

/** Follows object-like macros that rename one identifier to another. */
export class MacroNames {
  /** By file and name, in the order of the text. */
  readonly #byFile: ReadonlyMap<string, ReadonlyMap<string, readonly MacroDefinition[]>>;
  readonly #everywhere = new Map<string, string>();
  readonly #defines: KnownMacros;

  constructor(files: readonly FileMacros[], defines: KnownMacros) {
    this.#byFile = new Map(
      files.map(({ file, macros }) => [file, Map.groupBy(macros.filter(renames), ({ name }) => name)]),
    );
    this.#defines = defines;
    for (const [name, [first]] of [...this.#byFile.values()].flatMap(byName => [...byName]))
      if (first !== undefined && !this.#everywhere.has(name)) this.#everywhere.set(name, lastName(first.replacement));
  }

  /**
   * What `token` at `offset` of `file` becomes: by the nearest definition before it in that file (so `super` means what
   * it means there), else by the build's, else by the first of the other files.
   */
  expand(token: string, file: string, offset: number): string {
    let name = token;
    const seen = new Set([token]);
    for (let step = 0; step < longestChain; step += 1) {
      const replacement = this.#replacement(name, file, offset);
      if (replacement === undefined || seen.has(replacement)) return name;
      seen.add(replacement);
      name = replacement;
    }
    return name;
  }

  #replacement(name: string, file: string, offset: number): string | undefined {
    const nearest = lastBefore(this.#byFile.get(file)?.get(name) ?? [], offset);
    if (nearest !== undefined) return lastName(nearest.replacement);
    if (name === 'super') return undefined;
    return this.#defines.get(name) ?? this.#everywhere.get(name);
  }
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
  return !macro.functionLike && /^(?:::\s*)?[A-Za-z_]\w*(?:\s*::\s*[A-Za-z_]\w*)*$/.test(macro.replacement);
}

/** A namespace is no part of a class's name at run time. */
function lastName(replacement: string): string {
  return replacement.split('::').at(-1)?.trim() ?? replacement;
}

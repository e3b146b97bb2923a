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
  readonly #byFile: ReadonlyMap<string, readonly MacroDefinition[]>;
  readonly #everywhere = new Map<string, string>();
  readonly #defines: ReadonlyMap<string, string>;

  constructor(files: readonly FileMacros[], defines: ReadonlyMap<string, string>) {
    this.#byFile = new Map(files.map(({ file, macros }) => [file, macros.filter(renames)]));
    this.#defines = defines;
    for (const macros of this.#byFile.values()) {
      for (const { name, replacement } of macros)
        if (!this.#everywhere.has(name)) this.#everywhere.set(name, lastName(replacement));
    }
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
    const nearest = this.#byFile.get(file)?.findLast(macro => macro.name === name && macro.offset < offset);
    if (nearest !== undefined) return lastName(nearest.replacement);
    if (name === 'super') return undefined;
    return this.#defines.get(name) ?? this.#everywhere.get(name);
  }
}

function renames(macro: MacroDefinition): boolean {
  return !macro.functionLike && /^(?:::\s*)?[A-Za-z_]\w*(?:\s*::\s*[A-Za-z_]\w*)*$/.test(macro.replacement);
}

/** A namespace is no part of a class's name at run time. */
function lastName(replacement: string): string {
  return replacement.split('::').at(-1)?.trim() ?? replacement;
}

/**
 * The parts of a mangled nested name, outermost first (Itanium C++ ABI, <nested-name>): `__ZN3Foo10gMetaClassE` gives
 * Foo and gMetaClass. Only plain names: undefined for templates, operators and what is not mangled.
 */
export function nestedName(symbol: string): readonly string[] | undefined {
  const found = namesAtStart(symbol);
  return found?.end === symbol.length ? found.names : undefined;
}

/** The same of a function, behind whose name its parameters stand: `__ZN3Foo5startEP9IOService` gives Foo and start. */
export function nestedFunctionName(symbol: string): readonly string[] | undefined {
  return namesAtStart(symbol)?.names;
}

function namesAtStart(symbol: string): { readonly names: readonly string[]; readonly end: number } | undefined {
  const start = /^_?_ZNK?(?=\d)/.exec(symbol)?.[0].length;
  if (start === undefined) return undefined;
  const names: string[] = [];
  let at = start;
  while (symbol[at] !== 'E') {
    const digits = /^[1-9]\d{0,5}/.exec(symbol.slice(at, at + 6))?.[0];
    if (digits === undefined) return undefined;
    at += digits.length;
    const name = symbol.slice(at, at + Number(digits));
    if (name.length !== Number(digits)) return undefined;
    names.push(name);
    at += name.length;
  }
  return { names, end: at + 1 };
}

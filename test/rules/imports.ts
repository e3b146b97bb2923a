import { posix } from 'node:path';

/** One import of a module: what it names, and whether it is gone at run time. */
export interface Import {
  /** `node:path`, `vscode`, or a file relative to the checkout: `src/model/kext.ts`. */
  readonly of: string;
  readonly typeOnly: boolean;
}

const statement = /(?:^|\n)\s*(?:import|export)\s+(?<type>type\s)?(?:[^'"`;()]*?\sfrom\s+)?'(?<of>[^']+)'/g;
const dynamic = /\bimport\(\s*'(?<of>[^']+)'\s*\)/g;
const untraceable = /\brequire\(|createRequire|getBuiltinModule|\bimport\((?!\s*'[^']+'\s*\))/;

/** The imports of a module, `file` being its own path. Comments do not count. */
export function importsOf(file: string, text: string): Import[] {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
  const resolve = (of: string) => (of.startsWith('.') ? posix.join(posix.dirname(file), of) : of);
  const found = [...code.matchAll(statement), ...code.matchAll(dynamic)].map(match => ({
    of: resolve(match.groups?.of ?? ''),
    typeOnly: match.groups?.type !== undefined,
  }));
  return untraceable.test(code) ? [...found, { of: 'a module named at run time', typeOnly: false }] : found;
}

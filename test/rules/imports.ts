import { posix } from 'node:path';

/** One import of a module: what it names, and whether it is gone at run time. */
export interface Import {
  /** `node:path`, `vscode`, or a file relative to the checkout: `src/model/kext.ts`. */
  readonly of: string;
  readonly typeOnly: boolean;
  /** Loaded only when the line with its `import(…)` runs. */
  readonly lazy?: true;
}

const statement = /(?:^|\n)\s*(?:import|export)\s+(?<type>type\s)?(?:[^'"`;()]*?\sfrom\s+)?'(?<of>[^']+)'/g;
const dynamic = /\bimport\(\s*'(?<of>[^']+)'\s*\)/g;
const untraceable = /\brequire\(|createRequire|getBuiltinModule|\bimport\((?!\s*'[^']+'\s*\))/;

/** The imports of a module, `file` being its own path. Comments do not count. */
export function importsOf(file: string, text: string): Import[] {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
  const resolve = (of: string) => (of.startsWith('.') ? posix.join(posix.dirname(file), of) : of);
  const found: Import[] = [
    ...[...code.matchAll(statement)].map(({ groups }) => ({
      of: resolve(groups?.of ?? ''),
      typeOnly: groups?.type !== undefined,
    })),
    ...[...code.matchAll(dynamic)].map(({ groups }) => ({
      of: resolve(groups?.of ?? ''),
      typeOnly: false,
      lazy: true as const,
    })),
  ];
  return untraceable.test(code) ? [...found, { of: 'a module named at run time', typeOnly: false }] : found;
}

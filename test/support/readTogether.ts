import { dirname, join } from 'node:path';
import type { Plugin } from 'esbuild';
import { repositoryFolder } from './repository.ts';

const lazy = 'read-later';

/**
 * Keeps what is read together in one file. esbuild gives what two parts share a file of its own, and what many of them share in many ways
 * dozens, each to be found, opened and linked at an activation. `first` are sources, in the order in which they are read, that have been
 * read before any other part is: each part is said to import those, which makes no difference to what it does, and all that one of them needs is
 * shared in one way.
 */
export function readTogether(first: readonly string[]): Plugin {
  const sources = first.map(source => join(repositoryFolder, source));
  return {
    name: 'read-together',
    setup(build) {
      build.onResolve({ filter: /^\./ }, ({ path, kind, resolveDir }) =>
        kind === 'dynamic-import' ? { path: join(resolveDir, path), namespace: lazy } : undefined,
      );
      build.onLoad({ filter: /.*/, namespace: lazy }, ({ path }) => {
        const at = sources.indexOf(path);
        const before = at < 0 ? sources : sources.slice(0, at);
        const lines = [
          ...before.map(source => `import ${JSON.stringify(source)};`),
          `export * from ${JSON.stringify(path)};`,
        ];
        return { contents: lines.join('\n'), resolveDir: dirname(path) };
      });
    },
  };
}

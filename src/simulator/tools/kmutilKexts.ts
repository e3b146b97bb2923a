import { parseArgs } from 'node:util';

/** The kexts that a call of kmutil(8) names, by path and by identifier. */
export interface NamedKexts {
  readonly paths: readonly string[];
  readonly identifiers: readonly string[];
}

/** Reads `-p PATH` and `-b ID`, each as often as one likes; undefined where there is anything else, or nothing. */
export function namedKexts(argv: readonly string[]): NamedKexts | undefined {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        'bundle-path': { type: 'string', short: 'p', multiple: true },
        'bundle-identifier': { type: 'string', short: 'b', multiple: true },
      },
    });
    const [paths, identifiers] = [values['bundle-path'] ?? [], values['bundle-identifier'] ?? []];
    return paths.length + identifiers.length === 0 ? undefined : { paths, identifiers };
  } catch {
    return undefined;
  }
}

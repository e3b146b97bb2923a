import { parseArgs } from 'node:util';

/** What stood on the command line, typed. */
export interface Options {
  readonly command: string;
  readonly arguments: readonly string[];
  readonly json: boolean;
  readonly target: string | undefined;
  readonly project: string | undefined;
  readonly state: string | undefined;
  readonly unload: string | undefined;
  readonly registry: string | undefined;
  readonly counts: string | undefined;
  readonly source: string | undefined;
}

/** The call does not fit the usage; the message says what does. Exit status 2. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}

/** Reads argv without the program's name. Throws UsageError. */
export function readOptions(argv: readonly string[]): Options {
  const { values, positionals } = parse(argv);
  const [command, ...rest] = positionals;
  if (command === undefined) throw new UsageError(`which command? ${usage}`);
  return {
    command,
    arguments: rest,
    json: values.json ?? false,
    target: values.target,
    project: values.project,
    state: values.state,
    unload: values.unload ?? values.load,
    registry: values.registry,
    counts: values.counts,
    source: values.source,
  };
}

/** One line for a call that fits nothing. */
export const usage =
  'kext-dev reload|unload|build|status|exercise|restart|reset --target simulated [--project DIR] [--state DIR], ' +
  'diagnose --unload FILE, parse TOOL FILE; each with [--json]';

function parse(argv: readonly string[]) {
  try {
    const string = { type: 'string' } as const;
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        json: { type: 'boolean' },
        target: string,
        project: string,
        state: string,
        unload: string,
        load: string,
        registry: string,
        counts: string,
        source: string,
      },
    });
  } catch (error) {
    // Node explains at length how else one could have meant it.
    const [mistake] = (error as Error).message.split(/\.? To specify|\.?\n|\.$/);
    throw new UsageError(`${mistake}. Usage: ${usage}`);
  }
}

import { parseArgs } from 'node:util';
import { readInstallPath } from '../operations/install/installPlace.ts';
import { isProgramCall } from '../operations/project/programCall.ts';
import { commands, commandsToCome, optionsToCome } from './commands.ts';

/** What stood on the command line, typed. */
export interface Options {
  readonly command: string;
  readonly arguments: readonly string[];
  readonly json: boolean;
  readonly target: string | undefined;
  readonly project: string | undefined;
  readonly state: string | undefined;
  /** Folders with other kexts of the workspace. */
  readonly with: readonly string[];
  /** Program and arguments; empty where nothing was said. */
  readonly build: readonly string[];
  /** Where a build goes on the target. */
  readonly installPath: string | undefined;
  /** How Xcode builds it. */
  readonly scheme: string | undefined;
  readonly configuration: string | undefined;
  readonly arch: string | undefined;
  readonly unload: string | undefined;
  /** The file was named as what a load printed. */
  readonly isOfLoad: boolean;
  readonly log: string | undefined;
  readonly registry: string | undefined;
  readonly counts: string | undefined;
  readonly source: string | undefined;
  /** Of a reload: say what it would do, and do nothing. */
  readonly plan: boolean;
  /** Of a reload: the target went down under the last operation, and that was seen. */
  readonly afterPanic: boolean;
  /** Another operation on the same kext that would be waited for is asked to end. */
  readonly replace: boolean;
  /** Of a recording: a reload, too. */
  readonly reload: boolean;
  /** Of a sweep: remove what may be. */
  readonly remove: boolean;
  /** Of a recording: save, of a sweep: remove, of the first load on this Mac: load, of an unload that is likely to be refused: unload, unasked. */
  readonly yes: boolean;
}

/** The call does not fit the usage; the message says what does. Exit status 2. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}

/** Reads argv without the program's name. Throws UsageError; nothing that was typed is passed over in silence. */
export function readOptions(argv: readonly string[]): Options {
  const { values, positionals } = parse(argv);
  const [named, ...rest] = positionals;
  const command = values.help ? 'help' : named;
  if (command === undefined) throw new UsageError(`which command? ${usage}`);
  if (command !== 'help') check(command, rest, Object.keys(values));
  return {
    command,
    arguments: rest,
    json: values.json ?? false,
    target: values.target,
    project: values.project,
    state: values.state,
    with: values.with ?? [],
    build: buildCommand(values.build),
    installPath: installPath(values['install-path']),
    scheme: values.scheme,
    configuration: values.configuration,
    arch: values.arch,
    unload: values.unload ?? values.load,
    isOfLoad: values.unload === undefined && values.load !== undefined,
    log: values.log,
    registry: values.registry,
    counts: values.counts,
    source: values.source,
    plan: values.plan ?? false,
    afterPanic: values['after-panic'] ?? false,
    replace: values.replace ?? false,
    reload: values.reload ?? false,
    remove: values.remove ?? false,
    yes: values.yes ?? false,
  };
}

/** One line for a call that fits nothing. */
export const usage =
  'kext-dev reload|unload|build|install|load|uninstall|status|doctor|shelf|sweep|exercise|quit|plug|unplug|panic|approve|restart|reset --target simulated [--project DIR] [--state DIR] ' +
  '[--with DIR] [--build JSON] [--install-path DIR] [--scheme NAME] [--configuration NAME] [--arch NAME], ' +
  'diagnose --unload FILE [--log FILE], explain TEXT, parse TOOL FILE, parse DIR, record DIR; each with [--json]; kext-dev --help says more';

function parse(argv: readonly string[]) {
  try {
    const string = { type: 'string' } as const;
    const boolean = { type: 'boolean' } as const;
    return parseArgs({
      args: textApart(argv),
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h' },
        json: boolean,
        target: string,
        project: string,
        state: string,
        with: { type: 'string', multiple: true },
        build: string,
        'install-path': string,
        scheme: string,
        configuration: string,
        arch: string,
        unload: string,
        load: string,
        log: string,
        registry: string,
        counts: string,
        source: string,
        plan: boolean,
        'after-panic': boolean,
        replace: boolean,
        reload: boolean,
        remove: boolean,
        yes: boolean,
        ...Object.fromEntries(Object.entries(optionsToCome).map(([name, type]) => [name, { type }])),
      },
    });
  } catch (error) {
    // Node explains at length how else one could have meant it.
    const [mistake] = (error as Error).message.split(/\.? To specify|\.?\n|\.$/);
    throw new UsageError(`${mistake}. Usage: ${usage}`);
  }
}

function installPath(value: string | undefined): string | undefined {
  const { path, problem } = readInstallPath(value);
  if (problem !== undefined) throw new UsageError(`--install-path ${value}: ${problem}`);
  return path;
}

/** What `explain` is asked may begin with a dash, as -603946984 does. Its options have two, and no blank in them. */
function textApart(argv: readonly string[]): string[] {
  const at = argv.findIndex(word => !word.startsWith('-'));
  if (argv[at] !== 'explain') return [...argv];
  const isOption = (word: string) => /^--[a-z]\S*$/.test(word) || word === '-h';
  const rest = argv.slice(at + 1);
  return [...argv.slice(0, at + 1), ...rest.filter(isOption), '--', ...rest.filter(word => !isOption(word))];
}

function check(name: string, words: readonly string[], given: readonly string[]): void {
  if (commandsToCome.includes(name)) throw new UsageError(`${name} is not there yet`);
  const command = commands.get(name);
  if (command === undefined) {
    throw new UsageError(`there is no command ${name}; there are: ${[...commands.keys()].join(', ')}`);
  }
  for (const option of given) {
    if (Object.hasOwn(optionsToCome, option)) throw new UsageError(`--${option} is not there yet`);
    if (option !== 'json' && !command.options.includes(option)) {
      throw new UsageError(`${name} does not take --${option}; ${takenBy(name)}`);
    }
  }
  const left = words.slice(command.words);
  if (left.length > 0) throw new UsageError(`${name} does not take ${left.join(' ')}; ${takenBy(name)}`);
}

function takenBy(name: string): string {
  const { takes = '', options = [] } = commands.get(name) ?? {};
  const words = [...takes.split(' ').filter(word => /^\[?[A-Z]+\]?$/.test(word) && !takes.startsWith('-'))];
  return `it takes ${[...words, ...options.map(option => `--${option}`), '--json'].join(' ')}`;
}

function buildCommand(text: string | undefined): readonly string[] {
  if (text === undefined) return [];
  let words: unknown;
  try {
    words = JSON.parse(text);
  } catch {
    // What is no JSON is no array either.
  }
  if (isProgramCall(words)) return words;
  throw new UsageError(`--build takes a JSON array, program and arguments, as ["make", "-j4"]; this is none: ${text}`);
}

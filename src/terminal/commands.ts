/** The options that say which kext on which target a command is about. */
const ofTarget = [
  'target',
  'project',
  'with',
  'state',
  'build',
  'install-path',
  'scheme',
  'configuration',
  'arch',
] as const;
/** Those of a command that works alone on its kext. */
const ofOperation = [...ofTarget, 'replace'] as const;

/** What a command takes and does. */
export interface Command {
  /** As in the help: what stands after its name. */
  readonly takes: string;
  /** One line for the help. */
  readonly does: string;
  /** How many words it takes at most. */
  readonly words: number;
  readonly options: readonly string[];
}

/** Every command by its name, in the order of the help. */
export const commands: ReadonlyMap<string, Command> = new Map(
  Object.entries({
    reload: {
      ...onTarget('build, unload what runs, install, load, and prove that the build is what runs', '[--plan]'),
      options: [...ofOperation, 'plan', 'yes', 'after-panic'],
    },
    unload: {
      ...onTarget('take the kext out of the kernel, or say who keeps it there'),
      options: [...ofOperation, 'yes'],
    },
    build: onTarget('build the kext for the target'),
    install: onTarget('copy the newest build to where the target loads it from'),
    load: {
      ...onTarget('load the installed copy, and prove that it is the build which runs'),
      options: [...ofOperation, 'yes', 'after-panic'],
    },
    uninstall: {
      ...onTarget('unload the kext and remove the installed copy'),
      options: [...ofOperation, 'yes'],
    },
    status: { ...onTarget('what is loaded, how the kext stands, what it waits for'), options: ofTarget },
    shelf: { ...onTarget('the reloads that are kept with their builds, the newest first'), options: ofTarget },
    sweep: {
      ...onTarget('copies of the kext that lie on the target; with --remove, remove them', '[--remove]'),
      options: [...ofTarget, 'remove', 'yes'],
    },
    doctor: {
      takes: '',
      does: 'whether a target and this machine have all that a kext needs',
      words: 0,
      options: ['target', 'project', 'state', 'build'],
    },
    exercise: { ...onTarget('a process uses the driver, as NAME.exercise.json says', '[NAME]'), words: 1 },
    quit: { ...onTarget('quit a process that has the driver open', 'PID'), words: 1 },
    plug: { ...onTarget('put a device into the Simulated Mac', 'NAME'), words: 1 },
    unplug: { ...onTarget('pull it out again', 'NAME'), words: 1 },
    panic: onTarget('make the Simulated Mac panic; it restarts'),
    approve: onTarget('let the kext in that waits for its approval'),
    restart: onTarget('restart the Simulated Mac'),
    reset: onTarget('a Simulated Mac fresh from the box'),
    diagnose: {
      takes: '--unload FILE',
      does: 'why an unload or a load was refused, by what the tools and the log said',
      words: 0,
      options: ['unload', 'load', 'log', 'registry', 'counts', 'source'],
    },
    explain: {
      takes: 'TEXT',
      does: 'what a message, a code or an exit status means, and what to do; - is standard input',
      words: Number.POSITIVE_INFINITY,
      options: [],
    },
    parse: {
      takes: 'TOOL FILE',
      does: 'the records of what a tool printed; of a DIR with captures, the rest',
      words: 2,
      options: [],
    },
    record: {
      takes: 'DIR [--reload]',
      does: 'what the tools say that read the target, as captures without what is private',
      words: 1,
      options: [...ofTarget, 'reload', 'yes'],
    },
    help: { takes: '', does: 'this', words: Number.POSITIVE_INFINITY, options: [...ofTarget] },
  }),
);

/** Commands that the terminal face is to have and has not. */
export const commandsToCome = ['classes', 'suspects', 'preflight'];

/** Options that the terminal face is to have and has not, by whether a value follows. */
export const optionsToCome = {
  sarif: 'boolean',
  markdown: 'boolean',
  bundle: 'string',
  define: 'string',
  top: 'string',
} as const;

function onTarget(does: string, takes = ''): Command {
  return { takes, does, words: 0, options: ofOperation };
}

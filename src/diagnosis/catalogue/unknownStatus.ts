import { type CatalogueRow, environment } from './catalogueRow.ts';
import { exitStatusRows } from './exitStatuses.ts';

/** The id of what is told of a code or a status that has no row, and no page therefore. */
export const notInCatalogue = 'notInCatalogue';

/** Statuses by which programs of BSD mean the same (sysexits(3)). */
const sysexits: Readonly<Record<number, string>> = {
  64: 'EX_USAGE, a call that is not as the program takes it',
  65: 'EX_DATAERR, data that are wrong',
  66: 'EX_NOINPUT, a file that is missing or cannot be read',
  67: 'EX_NOUSER, a user whom nobody knows',
  68: 'EX_NOHOST, a host that nobody knows',
  69: 'EX_UNAVAILABLE, something that is not there to be used',
  70: 'EX_SOFTWARE, a mistake of the program itself',
  71: 'EX_OSERR, a call of the system that failed',
  72: 'EX_OSFILE, a file of the system that is missing or wrong',
  73: 'EX_CANTCREAT, a file that cannot be made',
  74: 'EX_IOERR, a file that cannot be read or written to its end',
  75: 'EX_TEMPFAIL, a failure that may be gone at the next try',
  76: 'EX_PROTOCOL, an answer that was not as agreed upon',
  77: 'EX_NOPERM, a permission that is missing',
  78: 'EX_CONFIG, a configuration that is wrong',
};

/** The signals of macOS that end a program (signal(3)). */
const signals: Readonly<Record<number, string>> = {
  1: 'SIGHUP',
  2: 'SIGINT',
  3: 'SIGQUIT',
  4: 'SIGILL',
  5: 'SIGTRAP',
  6: 'SIGABRT',
  8: 'SIGFPE',
  9: 'SIGKILL',
  10: 'SIGBUS',
  11: 'SIGSEGV',
  12: 'SIGSYS',
  13: 'SIGPIPE',
  14: 'SIGALRM',
  15: 'SIGTERM',
};

/** What can be said of a status that no row of the tool has; undefined where nothing can. */
export function unknownStatus(status: number, tool: string | undefined): CatalogueRow | undefined {
  const shared = sharedMeaning(status);
  const rows = exitStatusRows.filter(({ component }) => component === tool);
  if (rows.length === 0 && shared === undefined) return undefined;
  const component = rows[0]?.component ?? 'any program';
  const isKmutil = component === 'kmutil';
  const known = rows.map(row => row.status ?? 0);
  const cause = rows.length === 0 ? `No kext tool documents the status ${status}.` : ofTool(component, status, known);
  return {
    id: notInCatalogue,
    component,
    patterns: [],
    status,
    severity: 'error',
    cause: shared === undefined ? cause : `${cause} ${shared}`,
    remedy: isKmutil
      ? 'Read the text of the error, and explain that: it tells more than its number.'
      : 'Read what the program printed; the status says no more.',
    anchor: environment,
    example: tool === undefined ? `exit ${status}` : `${tool} exit ${status}`,
  };
}

function ofTool(tool: string, status: number, known: readonly number[]): string {
  const all = `${known.slice(0, -1).join(', ')} and ${known.at(-1)}`;
  return tool === 'kmutil'
    ? `What kmutil means by ${status} is documented nowhere: it is closed, and of its codes, which its exit status repeats, only ${all} have been seen.`
    : `${tool} documents no exit status ${status}; its own are ${all}.`;
}

function sharedMeaning(status: number): string | undefined {
  const meaning = sysexits[status];
  if (meaning !== undefined) return `Among programs of BSD it is ${meaning}.`;
  if (status === 126) return 'A shell says so of a program that it may not run.';
  if (status === 127) return 'A shell says so of a program that it does not find.';
  const signal = signals[status - 128];
  return signal === undefined ? undefined : `A shell says so of a program that was ended by ${signal}.`;
}

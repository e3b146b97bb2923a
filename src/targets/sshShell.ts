import { dirname } from 'node:path';
import type { ToolCommand } from '../tools/port/toolCommand.ts';
import { HostNotReached } from '../tools/port/toolErrors.ts';
import type { ToolInput } from '../tools/port/toolInput.ts';
import type { ToolOutput } from '../tools/port/toolOutput.ts';
import { remoteShell } from '../tools/ssh/remoteScript.ts';
import { lastLine, notAnswered, sshFailure } from '../tools/ssh/sshMessages.ts';
import { type Askpass, asksNobody, openAskpass } from './askpass.ts';
import { type AnswerOnTheWay, type ScriptShell, untilEnded } from './scriptShell.ts';
import { openConnection } from './sshControl.ts';

/** What a round trip to a host goes over. */
export interface SshPath {
  /** As the user named it; proved by sshHostNamed. */
  readonly host: string;
  /** Where the one connection is kept open; absent where ssh keeps none. */
  readonly controlPath: () => Promise<string | undefined>;
}

const usualReachMs = 40_000;

/**
 * The shell of another machine, by the user's own ssh: its configuration, agent, proxies and known hosts. Where somebody is there to
 * answer it may ask for a passphrase or a password, else it asks nothing. One start of it is one round trip, on a connection that stays open.
 */
export function sshShell({ host, controlPath }: SshPath, reachMs = usualReachMs): ScriptShell {
  return {
    called: host,
    reachMs,
    hasOwnGroup: true,
    command: async (script, answer) => {
      const path = await controlPath();
      const askpass = await askpassFor(path, answer);
      const environment = askpass?.environment ?? (await silence(path));
      const way = { controlPath: path, environment, mayAsk: askpass !== undefined };
      return { command: sshCommand(host, way, script), ended: () => askpass?.close() };
    },
    notBegun: (said, output) => new HostNotReached(sshFailure(host, said === '' ? shellEnded(output) : said)),
    notAnswered: question => new HostNotReached(notAnswered(host, question)),
    silent: () => {
      const message = `${host} did not answer in ${reachMs / 1000} seconds: is it on, awake, and on this network?`;
      return new HostNotReached({ problem: 'noAnswer', message });
    },
    broke: (tool, said) => {
      const during = tool === undefined ? '' : ` while ${tool} ran`;
      const words = lastLine(said);
      const why = words === '' ? '' : ` (${words})`;
      return new HostNotReached({
        problem: 'connectionLost',
        message: `The connection to ${host} broke${during}${why}.`,
      });
    },
  };
}

function shellEnded({ exitCode }: ToolOutput): string {
  return exitCode === 255 || exitCode === null ? '' : `the shell there ended with ${exitCode} and without a word`;
}

/** On a connection that is open nothing is asked. Where no file can be written ssh asks nothing either, and says that it was not let in. */
async function askpassFor(controlPath: string | undefined, answer: AnswerOnTheWay | undefined) {
  if (controlPath === undefined || answer === undefined) return undefined;
  if ((await openConnection(controlPath)) !== undefined) return undefined;
  return openAskpass(dirname(controlPath), answer).catch(() => undefined);
}

/** Nobody is asked by a proxy either. Where the connection is open there is no proxy. */
async function silence(controlPath: string | undefined): Promise<Askpass['environment']> {
  if (controlPath === undefined || (await openConnection(controlPath)) !== undefined) return {};
  return asksNobody(dirname(controlPath)).catch(() => ({}));
}

interface Way {
  readonly controlPath: string | undefined;
  /** By which ssh asks, or does not. */
  readonly environment: Askpass['environment'];
  readonly mayAsk: boolean;
}

/** A connection for which somebody may have typed a password stays open a while longer, in seconds. */
const openFor = { batch: 60, answered: 600 };

/** ssh_config(5) tells the options; what is not among them is as the user has it. */
function sshCommand(host: string, { controlPath, environment, mayAsk }: Way, input: ToolInput): ToolCommand<unknown> {
  const seconds = mayAsk ? openFor.answered : openFor.batch;
  const options = [
    `BatchMode=${mayAsk ? 'no' : 'yes'}`,
    // A password for sudo may go over the connection: a key that is unknown or another stops it, whatever the configuration says.
    'StrictHostKeyChecking=yes',
    'RemoteCommand=none',
    'RequestTTY=no',
    'EscapeChar=none',
    'ClearAllForwardings=yes',
    'ForwardAgent=no',
    'ForwardX11=no',
    'PermitLocalCommand=no',
    'LogLevel=ERROR',
    'ConnectTimeout=15',
    'ServerAliveInterval=5',
    'ServerAliveCountMax=3',
    ...(controlPath === undefined
      ? []
      : ['ControlMaster=auto', `ControlPath=${controlPath}`, `ControlPersist=${seconds}`]),
  ];
  const argv = ['-T', ...options.flatMap(option => ['-o', option]), '--', host, remoteShell];
  // The user's own locale has a say in what ssh itself writes about errors of the system.
  const variables = { ...environment, LC_ALL: 'C' };
  return {
    tool: 'ssh',
    argv,
    asRoot: false,
    timeoutMs: untilEnded,
    input,
    environment: variables,
    parse: () => undefined,
  };
}

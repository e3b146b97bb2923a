import { remoteShell } from '../tools/remoteScript.ts';
import { lastLine, sshFailure } from '../tools/sshMessages.ts';
import type { ToolCommand } from '../tools/toolCommand.ts';
import { HostNotReached } from '../tools/toolErrors.ts';
import type { ToolInput } from '../tools/toolInput.ts';
import type { ToolOutput } from '../tools/toolOutput.ts';
import { type ScriptShell, untilEnded } from './scriptShell.ts';

/** What a round trip to a host goes over. */
export interface SshPath {
  /** As the user named it; proved by sshHostNamed. */
  readonly host: string;
  /** Where the one connection is kept open; absent where ssh keeps none. */
  readonly controlPath: () => Promise<string | undefined>;
}

const usualReachMs = 40_000;

/**
 * The shell of another machine, by the user's own ssh: its configuration, agent, proxies and known hosts. It asks nothing and
 * answers nothing for the user. One start of it is one round trip, on a connection that stays open for a minute.
 */
export function sshShell({ host, controlPath }: SshPath, reachMs = usualReachMs): ScriptShell {
  return {
    called: host,
    reachMs,
    hasOwnGroup: true,
    command: async script => sshCommand(host, await controlPath(), script),
    notBegun: (said, output) => new HostNotReached(sshFailure(host, said === '' ? shellEnded(output) : said)),
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

/** ssh_config(5) tells the options; what is not among them is as the user has it. */
function sshCommand(host: string, controlPath: string | undefined, input: ToolInput): ToolCommand<unknown> {
  const options = [
    'BatchMode=yes',
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
    ...(controlPath === undefined ? [] : ['ControlMaster=auto', `ControlPath=${controlPath}`, 'ControlPersist=60']),
  ];
  const argv = ['-T', ...options.flatMap(option => ['-o', option]), '--', host, remoteShell];
  // The user's own locale has a say in what ssh itself writes about errors of the system.
  const environment = { LC_ALL: 'C' };
  return { tool: 'ssh', argv, asRoot: false, timeoutMs: untilEnded, input, environment, parse: () => undefined };
}

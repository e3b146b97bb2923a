import { randomBytes } from 'node:crypto';
import { notPassed, remoteScript, remoteShell } from '../tools/remoteScript.ts';
import type { Ending, Runner } from '../tools/runner.ts';
import { lastLine, sshFailure } from '../tools/sshMessages.ts';
import type { ToolCommand } from '../tools/toolCommand.ts';
import { HostNotReached, ToolNotStarted, TooMuchText } from '../tools/toolErrors.ts';
import type { ToolOutput } from '../tools/toolOutput.ts';
import type { Hold } from './processRunner.ts';
import { RoundTrip } from './roundTrip.ts';

/** What runs ssh on this machine. */
export interface HeldProcesses {
  runHeld(command: ToolCommand<unknown>, signal: AbortSignal, hold: Hold): Promise<ToolOutput>;
}

/** What a round trip to a host goes over. */
export interface SshPath {
  /** As the user named it; proved by sshHostNamed. */
  readonly host: string;
  /** Where the one connection is kept open; absent where ssh keeps none. */
  readonly controlPath: string | undefined;
}

/** What one round trip brings back at most, in bytes. */
const mostBytes = 256_000_000;

/** From the start of ssh until the far side begins, in ms: the connection, its proxies, a slow login. */
const usualReachMs = 40_000;

/** Longer than anything that is waited for here, in ms; who waits has a limit of its own. */
const dayMs = 86_400_000;

/**
 * Runs tools on another machine, by the user's own ssh: its configuration, agent, proxies and known hosts. It asks nothing and
 * answers nothing for the user. One call is one round trip, on a connection that stays open for a minute. Tools that go
 * together run one after another, each with its own time; they are ended when this program ends, or the connection.
 */
export class SshRunner implements Runner {
  readonly #host: HeldProcesses;
  readonly #path: () => Promise<SshPath>;
  readonly #reachMs: number;

  constructor(host: HeldProcesses, path: () => Promise<SshPath>, reachMs = usualReachMs) {
    this.#host = host;
    this.#path = path;
    this.#reachMs = reachMs;
  }

  async run(command: ToolCommand<unknown>, signal: AbortSignal, heard?: (text: string) => void): Promise<ToolOutput> {
    const [ending] = await this.#runAll([command], signal, heard);
    if (ending === undefined || ending instanceof ToolNotStarted) throw ending;
    return ending;
  }

  runTogether(commands: readonly ToolCommand<unknown>[], signal: AbortSignal): Promise<readonly Ending[]> {
    return this.#runAll(commands, signal);
  }

  /** Goes there and back, and runs nothing. Rejects with TargetLost. */
  async reach(signal: AbortSignal): Promise<void> {
    await this.#travel([], signal);
  }

  /** What cannot be sent is not; one that hangs ends its round trip, and those behind it get another one. */
  async #runAll(
    commands: readonly ToolCommand<unknown>[],
    signal: AbortSignal,
    heard?: (text: string) => void,
  ): Promise<readonly Ending[]> {
    const sent = commands.filter(command => notSent(command) === undefined);
    const endings: Ending[] = [];
    while (endings.length < sent.length) {
      endings.push(...(await this.#travel(sent.slice(endings.length), signal, heard)));
      if (signal.aborted) break;
    }
    const [...left] = endings;
    return commands.map(command => notSent(command) ?? left.shift() ?? neverBegun);
  }

  /** The endings of those that came to an end, the last one perhaps because its time was over. */
  async #travel(
    commands: readonly ToolCommand<unknown>[],
    signal: AbortSignal,
    heard?: (text: string) => void,
  ): Promise<readonly Ending[]> {
    const path = await this.#path();
    signal.throwIfAborted();
    const stop = new Stop();
    const mark = randomBytes(16).toString('hex');
    const trip = new RoundTrip(commands, mark, { begins: at => stop.after(commands[at]?.timeoutMs ?? 0), heard });
    stop.after(this.#reachMs);
    const take = (stream: 'stdout' | 'stderr') => (piece: Buffer) => {
      trip[stream].take(piece);
      if (trip.bytes > mostBytes) stop.now();
    };
    const hold = { stdout: take('stdout'), stderr: take('stderr') };
    const ssh = sshCommand(path, remoteScript(commands, mark));
    const output = await this.#host
      .runHeld(ssh, AbortSignal.any([signal, stop.signal]), hold)
      .finally(() => stop.end());
    trip.stdout.end();
    trip.stderr.end();
    const { timedOut } = stop;
    const reachMs = this.#reachMs;
    return endingsOf(trip, { commands, host: path.host, output, cancelled: signal.aborted, timedOut, reachMs });
  }
}

interface Travelled {
  readonly commands: readonly ToolCommand<unknown>[];
  readonly host: string;
  readonly output: ToolOutput;
  readonly cancelled: boolean;
  readonly timedOut: boolean;
  readonly reachMs: number;
}

function endingsOf(
  trip: RoundTrip,
  { commands, host, output, cancelled, timedOut, reachMs }: Travelled,
): readonly Ending[] {
  const { ended, ready, said } = trip;
  const ending = (at: number) => trip.ending(at, { timedOut: timedOut && !cancelled, cancelled });
  const all = commands.slice(0, ended).map((_, at) => ending(at));
  if (ready && ended === commands.length) return all;
  const current = commands[ended];
  if (trip.bytes > mostBytes && current !== undefined) throw new TooMuchText(current.tool, mostBytes);
  if (cancelled || (timedOut && ready)) return [...all, ending(ended)];
  if (timedOut) {
    const message = `${host} did not answer in ${reachMs / 1000} seconds: is it on, awake, and on this network?`;
    throw new HostNotReached({ problem: 'noAnswer', message });
  }
  if (!ready) throw new HostNotReached(sshFailure(host, said === '' ? shellEnded(output) : said));
  const during = current === undefined ? '' : ` while ${current.tool} ran`;
  const words = lastLine(said);
  const why = words === '' ? '' : ` (${words})`;
  throw new HostNotReached({ problem: 'connectionLost', message: `The connection to ${host} broke${during}${why}.` });
}

function shellEnded({ exitCode }: ToolOutput): string {
  return exitCode === 255 || exitCode === null ? '' : `the shell there ended with ${exitCode} and without a word`;
}

/** Ends a process when the time of what it does is over. */
class Stop {
  timedOut = false;
  readonly #controller = new AbortController();
  #timer: NodeJS.Timeout | undefined;

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** From this moment on, in ms; an earlier limit holds no longer. */
  after(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.timedOut = true;
      this.now();
    }, ms);
  }

  now(): void {
    this.#controller.abort();
  }

  end(): void {
    clearTimeout(this.#timer);
  }
}

const neverBegun: ToolOutput = {
  stdout: '',
  stderr: '',
  exitCode: null,
  signal: null,
  timedOut: false,
  cancelled: true,
};

function notSent(command: ToolCommand<unknown>): ToolNotStarted | undefined {
  const why = command.asRoot ? 'nothing runs as root over SSH yet' : notPassed(command);
  return why === undefined ? undefined : new ToolNotStarted(command.tool, why, false);
}

/** ssh_config(5) tells the options; what is not among them is as the user has it. */
function sshCommand({ host, controlPath }: SshPath, input: Uint8Array): ToolCommand<unknown> {
  const options = [
    'BatchMode=yes',
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
  return { tool: 'ssh', argv, asRoot: false, timeoutMs: dayMs, input, environment, parse: () => undefined };
}

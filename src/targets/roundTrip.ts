import { StringDecoder } from 'node:string_decoder';
import type { Ending } from '../tools/port/runner.ts';
import type { ToolCommand } from '../tools/port/toolCommand.ts';
import { ToolNotStarted } from '../tools/port/toolErrors.ts';
import { markWords } from '../tools/ssh/remoteScript.ts';
import { MarkedStream } from './markedStream.ts';

/** How the far side tells what is heard while it works. */
export interface RoundTripListener {
  /** A tool began, by its place among the commands; also told once for 0 when the far side is ready and there is none. */
  begins(at: number): void;
  /** sudo asks for the user's password, for the tool at that place. */
  asks?(at: number): void;
  /** What it says, of both streams. */
  heard?: ((text: string) => void) | undefined;
  /** All have ended, and the shell waits for another script. */
  over?(): void;
}

interface Heard {
  readonly stdout: Buffer[];
  readonly stderr: Buffer[];
  status?: { readonly exitCode: number | null; readonly signal: string | null };
  notStarted?: string;
  stderrEnded?: true;
  /** By which it runs, where it runs as root. */
  pid?: number;
}

/** Reads what the far side sends back while it runs commands, as `remoteScript` marks it. */
export class RoundTrip {
  readonly stdout: MarkedStream;
  readonly stderr: MarkedStream;
  /** What came on standard error outside the tools' own words: ssh's, and what the user's shell greets with. */
  said = '';
  /** The far side did as it was told. */
  ready = false;
  /** No temporary file can be written there. */
  noRoom = false;
  /** All that the tools said, in bytes. */
  bytes = 0;
  readonly #commands: readonly ToolCommand<unknown>[];
  /** The shell waits for another script. */
  #waits = false;
  readonly #heard: Heard[] = [];

  constructor(commands: readonly ToolCommand<unknown>[], mark: string, listener: RoundTripListener) {
    this.#commands = commands;
    this.stdout = new MarkedStream(mark, this.#standardOutput(listener));
    this.stderr = new MarkedStream(mark, this.#standardError(listener));
  }

  /** How many of the commands came to their end, first to last. */
  get ended(): number {
    const open = this.#heard.findIndex(({ status, stderrEnded }) => status === undefined || stderrEnded === undefined);
    return open < 0 ? this.#heard.length : open;
  }

  /** The process of a tool that runs as root at this moment. */
  get rootProcess(): number | undefined {
    return this.#heard[this.ended]?.pid;
  }

  /** How the command at this place ended; one that was stopped ended as `stopped` says. */
  ending(at: number, stopped: { readonly timedOut: boolean; readonly cancelled: boolean }): Ending {
    const command = this.#commands[at];
    const heard = this.#heard[at] ?? { stdout: [], stderr: [] };
    const why = reasons[heard.notStarted ?? ''];
    if (command !== undefined && why !== undefined)
      return new ToolNotStarted(command.tool, why.reason(command), why.missing);
    return {
      stdout: Buffer.concat(heard.stdout).toString(),
      stderr: Buffer.concat(heard.stderr).toString(),
      exitCode: heard.status?.exitCode ?? null,
      signal: heard.status?.signal ?? null,
      ...(at < this.ended ? { timedOut: false, cancelled: false } : stopped),
      ...(at < this.ended || heard.pid === undefined ? {} : { pid: heard.pid }),
    };
  }

  #standardOutput(listener: RoundTripListener) {
    const { begins, heard } = listener;
    let current: Heard | undefined;
    const tell = heardText(heard);
    return {
      bytes: (piece: Buffer) => {
        // Before the first tool: what the user's shell greets with.
        if (current === undefined) return;
        this.bytes += piece.length;
        current.stdout.push(piece);
        tell(piece);
      },
      word: (word: string) => {
        const kind = word.charAt(0);
        if (kind === markWords.ready) this.ready = true;
        else if (kind === markWords.noRoom) this.noRoom = true;
        else if (kind === markWords.next) {
          this.#waits = true;
          this.#tellOver(listener);
        } else if (kind === markWords.begins) {
          current = this.#at(this.#heard.filter(({ status }) => status !== undefined).length);
          begins(this.#heard.indexOf(current));
        } else if (kind === markWords.ends && current !== undefined) {
          current.status = statusIn(word);
          current = undefined;
        } else if (kind === markWords.process && current !== undefined) current.pid = Number(word.slice(1));
        else if (current !== undefined) current.notStarted = kind;
      },
    };
  }

  #standardError(listener: RoundTripListener) {
    const { heard, asks } = listener;
    let current: Heard | undefined;
    const tell = heardText(heard);
    return {
      bytes: (piece: Buffer) => {
        if (current === undefined) {
          this.said = `${this.said}${piece}`.slice(-mostSaid);
          return;
        }
        this.bytes += piece.length;
        current.stderr.push(piece);
        tell(piece);
      },
      word: (word: string) => {
        if (word === markWords.begins) current = this.#at(this.#heard.filter(each => each.stderrEnded).length);
        else if (word === markWords.ends && current !== undefined) {
          current.stderrEnded = true;
          current = undefined;
          this.#tellOver(listener);
        } else if (word === markWords.asks && current !== undefined) asks?.(this.#heard.indexOf(current));
      },
    };
  }

  #tellOver({ over }: RoundTripListener): void {
    if (this.#waits && this.ended === this.#commands.length) over?.();
  }

  /** The two streams come at their own pace. */
  #at(place: number): Heard {
    const there = this.#heard[place] ?? { stdout: [], stderr: [] };
    this.#heard[place] = there;
    return there;
  }
}

/** What is not a tool's is kept up to so many characters, the newest. */
const mostSaid = 20_000;

const reasons: Readonly<
  Record<string, { readonly reason: (command: ToolCommand<unknown>) => string; readonly missing: boolean }>
> = {
  [markWords.missing]: { reason: () => 'no such program on the PATH', missing: true },
  [markWords.notExecutable]: { reason: () => 'it may not be executed', missing: false },
  [markWords.noSudo]: { reason: () => 'it needs root, and there is no sudo', missing: false },
  [markWords.noFolder]: { reason: ({ folder }) => `the folder ${folder} does not exist`, missing: false },
};

/** `e0:`, `e137:KILL`; some shells know signals with `SIG` before them. */
function statusIn(word: string): NonNullable<Heard['status']> {
  const [, exitCode = '', signal = ''] = /^e(\d*):(.*)$/.exec(word) ?? [];
  return signal === ''
    ? { exitCode: Number(exitCode), signal: null }
    : { exitCode: null, signal: `SIG${signal.replace(/^SIG/, '')}` };
}

/** A character may come in two pieces. */
function heardText(heard: ((text: string) => void) | undefined): (piece: Buffer) => void {
  if (heard === undefined) return () => undefined;
  const decoder = new StringDecoder('utf8');
  return piece => {
    const text = decoder.write(piece);
    if (text !== '') heard(text);
  };
}

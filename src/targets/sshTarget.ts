import { setTimeout as sleep } from 'node:timers/promises';
import { withStateLock, worksUnderLock } from '../simulator/stateLock.ts';
import { Connection, CurrentConnection } from '../tools/port/connection.ts';
import type { Runner } from '../tools/port/runner.ts';
import type { AskPassword, ExclusiveTurn, Target } from '../tools/port/target.ts';
import { besideOtherMacs, type FolderEnvironment, operationFolder } from './folders.ts';
import { leadsHere } from './leadsHere.ts';
import { LoggingRunner } from './loggingRunner.ts';
import { Passwords } from './passwords.ts';
import { ScriptRunner } from './scriptRunner.ts';
import type { HeldProcesses } from './scriptShell.ts';
import { openConnection, sshControlPath } from './sshControl.ts';
import { sshDestination } from './sshDestination.ts';
import { sshShell } from './sshShell.ts';

/** What a Mac behind ssh is made of on this machine. */
export interface SshTargetParts {
  /** As the user names it; proved by sshHostNamed. */
  readonly host: string;
  /** The folder with what is remembered of it on this machine. */
  readonly state: string;
  /** Where This Mac's locks are; absent where this machine is none. */
  readonly thisMac?: string | undefined;
  readonly environment: FolderEnvironment;
  readonly processes: HeldProcesses;
  /** How long its far side may take to begin, in ms. */
  readonly reachMs?: number;
  /** Gets every call of its tools. */
  readonly log: (text: string) => void;
}

/** A Mac behind ssh. */
export class SshTarget implements Target {
  readonly id: string;
  readonly name: string;
  readonly called: string;
  readonly simulated = false;
  readonly runner: Runner;
  readonly #ssh: ScriptRunner;
  readonly #passwords = new Passwords();
  readonly #controlPath: () => Promise<string | undefined>;
  readonly #state: string;
  readonly #thisMac: string | undefined;
  readonly #processes: HeldProcesses;
  #lockFolder: Promise<string | undefined> | undefined;
  readonly #connection = new CurrentConnection();

  constructor({ host, state, thisMac, environment, processes, reachMs, log }: SshTargetParts) {
    this.id = `ssh:${host}`;
    this.name = host;
    this.called = host;
    this.#state = state;
    this.#thisMac = thisMac;
    this.#processes = processes;
    let path: Promise<string> | undefined;
    // OpenSSH on Windows keeps no connection open for others.
    this.#controlPath = async () => {
      if (process.platform === 'win32') return undefined;
      path ??= sshControlPath(host, environment).catch(error => {
        path = undefined;
        throw error;
      });
      return path;
    };
    this.#ssh = new ScriptRunner(
      processes,
      sshShell({ host, controlPath: this.#controlPath }, reachMs),
      this.#passwords,
    );
    this.runner = new LoggingRunner(this.#ssh, this.name, log);
  }

  /** A restart of the Mac breaks the connection, so that on one connection it is the same boot. */
  async connection(signal: AbortSignal): Promise<Connection> {
    const controlPath = await this.#controlPath();
    let which = controlPath === undefined ? undefined : await openConnection(controlPath);
    if (which === undefined) {
      await this.#ssh.reach(signal);
      signal.throwIfAborted();
      which = controlPath === undefined ? undefined : await openConnection(controlPath);
    }
    return which === undefined ? new Connection() : this.#connection.named(which);
  }

  buildEnvironment(): Promise<Readonly<Record<string, string>>> {
    return Promise.resolve({});
  }

  async exclusively<T>(kext: string, signal: AbortSignal, work: () => Promise<T>, turn?: ExclusiveTurn): Promise<T> {
    return withStateLock(operationFolder(await this.#locks(), kext), signal, work, turn);
  }

  async working(kext: string): Promise<string | undefined> {
    return worksUnderLock(operationFolder(await this.#locks(), kext));
  }

  /** Where its locks are: one Mac has one, whatever names lead to it. */
  async #locks(): Promise<string> {
    this.#lockFolder ??= this.#locksOfDestination();
    const folder = await this.#lockFolder;
    // What ssh did not tell in time is asked for again: other windows know it.
    if (folder === undefined) this.#lockFolder = undefined;
    return folder ?? this.#state;
  }

  async #locksOfDestination(): Promise<string | undefined> {
    const destination = await sshDestination(this.name, this.#processes);
    if (destination === undefined) return undefined;
    if (this.#thisMac !== undefined && (await leadsHere(destination))) return this.#thisMac;
    return besideOtherMacs(this.#state, destination);
  }

  withAnswers<T>(ask: AskPassword | undefined, work: () => Promise<T>): Promise<T> {
    return this.#passwords.during(ask, work);
  }

  async pause(ms: number, signal: AbortSignal): Promise<void> {
    await sleep(ms, undefined, { signal });
  }
}

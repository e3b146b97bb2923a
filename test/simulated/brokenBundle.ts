import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Scenario } from '../../src/simulator/systems/simulatedSystem.ts';
import { defaultScenario } from '../../src/simulator/systems/simulatedSystems.ts';
import type { ToolOutput } from '../../src/tools/port/toolOutput.ts';
import { installFolderOn, installOn } from '../support/installOn.ts';
import type { DemoNames } from '../support/renamedDemo.ts';
import { benchOn, type SimulatedBench } from '../support/simulatedBench.ts';

const never = new AbortController().signal;

/** What is put in place of what in an Info.plist. */
export type PlistEdit = readonly [from: string | RegExp, to: string];

/** A copy of a built kext to be broken, and a fresh Simulated Mac to load it on. */
export class BrokenBundle implements AsyncDisposable {
  readonly names: DemoNames;
  readonly folder: string;
  /** Where it is installed on the Simulated Mac. */
  readonly path: string;
  readonly #home: string;
  readonly #bench: SimulatedBench;

  private constructor(home: string, path: string, bench: SimulatedBench, names: DemoNames) {
    this.#home = home;
    this.#bench = bench;
    this.names = names;
    this.folder = join(home, basename(path));
    this.path = path;
  }

  static async of(
    product: string,
    { project }: SimulatedBench,
    names: DemoNames,
    scenario: Scenario = defaultScenario,
  ): Promise<BrokenBundle> {
    const home = await mkdtemp(join(tmpdir(), 'kext-dev-broken-'));
    const bench = benchOn(project, join(home, 'state'), undefined, { scenario });
    const path = `${await installFolderOn(bench.target)}/${basename(product)}`;
    const broken = new BrokenBundle(home, path, bench, names);
    await cp(product, broken.folder, { recursive: true });
    return broken;
  }

  get executable(): string {
    return join(this.folder, 'Contents', 'MacOS', this.names.executable);
  }

  /** Rewrites Info.plist; an edit that changes nothing is a mistake of the test. */
  async plist(...edits: readonly PlistEdit[]): Promise<void> {
    const file = join(this.folder, 'Contents', 'Info.plist');
    let text = await readFile(file, 'utf8');
    for (const [from, to] of edits) {
      const edited = text.replace(from, to);
      if (edited === text) throw new Error(`Info.plist has no ${from}.`);
      text = edited;
    }
    await writeFile(file, text);
  }

  /** Rewrites bytes of the executable. */
  async bytes(edit: (bytes: Buffer) => Buffer | undefined): Promise<void> {
    const bytes = await readFile(this.executable);
    await writeFile(this.executable, edit(bytes) ?? bytes);
  }

  /** Gives a symbol another name of the same length. */
  rename(from: string, to: string): Promise<void> {
    return this.bytes(bytes => {
      const [old, renamed] = [Buffer.from(`\0${from}\0`), Buffer.from(`\0${to}\0`)];
      if (!bytes.includes(old) || old.length !== renamed.length)
        throw new Error(`The executable has no symbol ${from}.`);
      // The debugger's entry of a symbol has a name of its own.
      for (let at = bytes.indexOf(old); at >= 0; at = bytes.indexOf(old, at + 1)) renamed.copy(bytes, at);
      return undefined;
    });
  }

  install(path = this.path, folder = this.folder): Promise<void> {
    return installOn(this.#bench.target, folder, path);
  }

  run(tool: string, ...argv: readonly string[]): Promise<ToolOutput> {
    const command = { tool, argv, asRoot: true, timeoutMs: 10_000, parse: () => undefined };
    return this.#bench.target.runner.run(command, never);
  }

  approve(): Promise<void> {
    return this.#bench.target.switches.approve(never);
  }

  restart(): Promise<void> {
    return this.#bench.target.switches.restart(never);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return rm(this.#home, { recursive: true, force: true });
  }
}

import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installBundle } from '../../src/operations/install/installBundle.ts';
import { placeIn } from '../../src/operations/install/installPlace.ts';
import { keepInstalled } from '../../src/operations/install/keepInstalled.ts';
import { SimulatedMac } from '../../src/simulator/simulatedMac.ts';
import { endingsOf, type Runner } from '../../src/tools/port/runner.ts';
import type { ToolCommand } from '../../src/tools/port/toolCommand.ts';
import { TargetLost } from '../../src/tools/port/toolErrors.ts';
import { plistOf } from '../support/plistOf.ts';

const never = new AbortController().signal;

/** Where the builds go. */
export const place = placeIn('/private/tmp/kext-dev', "Pump 'n' Valve.kext", 'org.sample.driver.Pump');

const moments = ['before', 'within', 'behind'] as const;

/** Where a connection breaks, or the power: before a call, in its middle, or behind it, so that nobody hears how it ended. */
export interface Cut {
  readonly call: number;
  readonly moment: (typeof moments)[number];
}

/** Every place at which something of at most so many calls can be cut. */
export const cutsOf = (calls: number): readonly Cut[] =>
  Array.from({ length: calls }, (_, at) => moments.map(moment => ({ call: at + 1, moment }))).flat();

/** Three builds of one kext, and the disk of a Simulated Mac on which they are installed. */
export class InstallBench {
  /** The Mac of this moment. */
  mac: SimulatedMac;
  readonly #home: string;

  private constructor(home: string) {
    this.#home = home;
    this.mac = this.#newMac();
  }

  static async open(): Promise<InstallBench> {
    const home = await mkdtemp(join(tmpdir(), 'kext-dev-cuts-'));
    for (const build of ['one', 'two', 'three']) await writeBuild(join(home, build), build);
    return new InstallBench(home);
  }

  /** Another Mac, with an empty disk. */
  fresh(): void {
    this.mac = this.#newMac();
  }

  #newMac(): SimulatedMac {
    return new SimulatedMac(join(this.#home, `state-${Math.random()}`), () => assert.fail(), this.tools());
  }

  remove(): Promise<void> {
    return rm(this.#home, { recursive: true, force: true });
  }

  folderOf(build: string): string {
    return join(this.#home, build);
  }

  install(build: string, runner = this.tools()) {
    return installBundle(runner, this.folderOf(build), place, never);
  }

  /** That build was proved. */
  keep(build: string, runner = this.tools()): Promise<void> {
    const infoPlist = { executable: 'Pump' };
    return keepInstalled(runner, place, { folder: this.folderOf(build), infoPlist });
  }

  /** All paths below the folder for builds. */
  async names(): Promise<readonly string[]> {
    return (await this.mac.disk.entries(place.folder)).slice(1).map(({ path }) => path);
  }

  /** The Mac's tools by one connection, which may break. */
  tools(cut?: Cut): Runner {
    let call = 0;
    const run = async ({ tool, argv, asRoot, input }: ToolCommand<unknown>) => {
      call += 1;
      if (cut !== undefined && call === cut.call && cut.moment === 'within') await this.#begin(tool, argv);
      if (cut !== undefined && (call > cut.call || (call === cut.call && cut.moment !== 'behind')))
        throw new TargetLost('cut');
      const output = await this.mac.run(tool, argv, asRoot, never, input);
      if (call === cut?.call) throw new TargetLost('cut');
      return output;
    };
    return {
      run,
      runTogether: async commands => {
        const runs = [];
        // One after another, as a script does it.
        for (const command of commands) runs.push(await run(command));
        return endingsOf(runs.map(output => Promise.resolve(output)));
      },
    };
  }

  /** What a tool has done when the power fails in its middle: of these, rm alone leaves something that it was not asked for. */
  async #begin(tool: string, argv: readonly string[]): Promise<void> {
    const path = argv.at(-1);
    if (tool !== 'rm' || path === undefined || (await this.mac.disk.entries(path)).length === 0) return;
    await this.mac.run('rm', ['-rf', join(path, 'Contents', 'Info.plist')], true, never);
  }

  /** The build that lies at that path whole, `half` for anything else, undefined for nothing. */
  async at(path: string): Promise<string | undefined> {
    const entries = await this.mac.disk.entries(path);
    if (entries.length === 0) return undefined;
    const text = await readFile(this.mac.disk.place(join(path, 'Contents/MacOS/Pump')), 'utf8').catch(() => '');
    const build = ['one', 'two', 'three'].find(each => text === each.repeat(1000));
    const links = entries.filter(({ kind }) => kind === 'link').length;
    const whole = entries.length === (build === 'two' ? 6 : 5) && links === (build === 'two' ? 1 : 0);
    return whole && entries.every(({ uid, gid, mode }) => uid === 0 && gid === 0 && (mode & 0o022) === 0)
      ? build
      : 'half';
  }
}

async function writeBuild(folder: string, build: string): Promise<void> {
  const contents = join(folder, 'Contents');
  await mkdir(join(contents, 'MacOS'), { recursive: true });
  await writeFile(join(contents, 'Info.plist'), plistOf(place.bundleIdentifier, build));
  await writeFile(join(contents, 'MacOS', 'Pump'), build.repeat(1000), { mode: 0o755 });
  if (build === 'two') await symlink('MacOS/Pump', join(contents, 'a\nlink'));
}

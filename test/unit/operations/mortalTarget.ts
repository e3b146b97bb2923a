import { createHash } from 'node:crypto';
import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Connection } from '../../../src/tools/port/connection.ts';
import { endingsOf } from '../../../src/tools/port/runner.ts';
import type { Target } from '../../../src/tools/port/target.ts';
import type { ToolCommand } from '../../../src/tools/port/toolCommand.ts';
import { commandLine } from '../../../src/tools/port/toolCommand.ts';
import { HostNotReached, TargetLost } from '../../../src/tools/port/toolErrors.ts';
import type { ToolOutput } from '../../../src/tools/port/toolOutput.ts';
import { output } from '../simulator/fakeRunner.ts';
import { type Answers, fakeTarget, infoPlist, kextstatOf, sampleProject, turbine } from './fakeTarget.ts';

/** The UUID of the build that `buildSample` writes, and of one that was loaded before. */
export const built = 'AAAAAAAA-BBBB-CCCC-DDDD-EEEEEEEEEEEE';
export const older = '11111111-BBBB-CCCC-DDDD-EEEEEEEEEEEE';

const diagnosticReports = '/Library/Logs/DiagnosticReports';

/** How a Mac dies. */
export interface Death {
  /** In the middle of the first call of this tool; with a word behind it, of a call that has that argument. */
  readonly at: string;
  /** It answers again after so many ms of its time; never where absent. */
  readonly backAfterMs?: number;
  /** It has restarted then. */
  readonly restarts?: boolean;
  /** What is done on it meanwhile. */
  readonly meanwhile?: (mac: MortalTarget) => void;
  /** What ssh says while it is away. */
  readonly away?: TargetLost;
}

/** A panic report in its folder; `age`: how many s before now it was written, by the Mac's clock. */
export interface Report {
  readonly text: string;
  readonly age: number;
}

/** A Mac that dies as told, and what is on it. */
export interface MortalTarget extends Target {
  readonly lines: string[];
  readonly pauses: number[];
  bootTime: number;
  /** What is loaded, by identifier. */
  readonly loaded: Map<string, string>;
  /** What one is linked against, by its identifier: an index of the list, in which the first of them has 150. */
  readonly linked: Map<string, string>;
  readonly reports: Map<string, Report>;
  /** Paths at which there is a folder of root's; a restart removes those of /private/tmp. */
  readonly folders: Set<string>;
  /** Only root may list the reports. */
  reportsOfRoot: boolean;
  /** Whose stat its PATH leads to. */
  stat: 'macOS' | 'coreutils' | 'another';
  /** How far its clock is ahead of this machine's, in s. */
  clockAhead: number;
  /** Kills it: every call from now on fails until it is back. */
  die(death: Omit<Death, 'at'>): void;
  /** Ends the connection without anybody being in the middle of something. */
  restart(): void;
}

/** `answers` of other tools, or in place of its own, as in fakeTarget. Loading loads the build, unloading unloads. */
export function mortalTarget(death: Death | undefined, answers: Answers = {}): MortalTarget {
  const inner = fakeTarget(answers);
  let [connection, left] = [new Connection(), death];
  let down: (Omit<Death, 'at'> & { elapsed: number }) | undefined;
  const mac: MortalTarget = {
    ...inner,
    lines: [],
    bootTime: 1000,
    loaded: new Map(),
    linked: new Map(),
    reports: new Map(),
    folders: new Set(),
    reportsOfRoot: false,
    stat: 'macOS',
    clockAhead: 0,
    die: how => {
      connection = new Connection();
      down = { ...how, elapsed: 0 };
    },
    restart: () => {
      mac.bootTime += 5000;
      connection = new Connection();
      mac.loaded.clear();
      for (const path of mac.folders) if (path.startsWith('/private/tmp/')) mac.folders.delete(path);
    },
    connection: async () => connection,
    runner: {
      run: async command => answer(command),
      runTogether: commands => endingsOf(commands.map(async command => answer(command))),
    },
    pause: async (ms, signal) => {
      signal.throwIfAborted();
      mac.pauses.push(ms);
      if (down === undefined) return;
      down.elapsed += ms;
      if (down.elapsed < (down.backAfterMs ?? Number.POSITIVE_INFINITY)) return;
      const how = down;
      down = undefined;
      if (how.restarts) mac.restart();
      how.meanwhile?.(mac);
    },
  };
  const answer = (command: ToolCommand<unknown>): ToolOutput | Promise<ToolOutput> => {
    if (down !== undefined) throw down.away ?? noAnswer();
    const line = commandLine(command);
    mac.lines.push(line);
    const [tool = '', word] = left?.at.split(' ') ?? [];
    if (command.tool === tool && (word === undefined || command.argv.includes(word))) {
      const how = left as Death;
      left = undefined;
      mac.die(how);
      throw new TargetLost(`The connection to test-mac broke while ${tool} ran.`);
    }
    const asTold = Object.hasOwn(answers, command.tool) ? undefined : ofMac(mac, command);
    return asTold ?? inner.runner.run(command, new AbortController().signal);
  };
  return mac;
}

function noAnswer(): TargetLost {
  return new HostNotReached({ problem: 'connectionRefused', message: 'Nothing answers ssh on test-mac.' });
}

function ofMac(mac: MortalTarget, { tool, argv, asRoot }: ToolCommand<unknown>): ToolOutput | undefined {
  const word = argv.at(-1) ?? '';
  switch (tool) {
    case 'sysctl':
      return output({ stdout: `kern.boottime: { sec = ${mac.bootTime}, usec = 0 } Thu Jan  1\nhw.machine: x86_64\n` });
    case 'kmutil':
    case 'kextstat':
      return output(kextstatOf(...[...mac.loaded].map(([id, uuid]) => [id, uuid, mac.linked.get(id) ?? '1'] as const)));
    case 'kextload':
      mac.loaded.set(turbine, built);
      return output({});
    case 'kextunload':
      mac.loaded.delete(word);
      return output({});
    case 'mkdir':
      mac.folders.add(word);
      return output({});
    case 'mv':
      mac.folders.delete(argv[0] ?? '');
      mac.folders.add(word);
      return output({});
    case 'rm':
      mac.folders.delete(word);
      return output({});
    case 'tar':
    case 'chown':
      return output({});
    case 'openssl':
      return output({ stdout: argv.slice(2).map(digestLine).join('') });
    case 'date':
      return output({ stdout: `${Math.floor(Date.now() / 1000) + mac.clockAhead}\n` });
    case 'find':
      return output({
        stdout: foundOn(mac, argv.includes('Info.plist'))
          .map(path => `${path}\0`)
          .join(''),
      });
    case 'plutil':
      return bundlesOn(mac).some(path => word === `${path}/Contents/Info.plist`)
        ? output({ stdout: infoPlist })
        : output({ stdout: `${word}: file does not exist or is not readable\n`, exitCode: 1 });
    case 'ls':
      return argv[0] === '-ldn' || argv[0] === '-di' ? entries(mac, argv) : listing(mac, word, asRoot);
    case 'stat':
      return statOf(mac, argv);
    case 'cat':
      return output({ stdout: mac.reports.get(nameIn(word))?.text ?? '' });
    default:
      return undefined;
  }
}

function statOf(mac: MortalTarget, [option, format, path = '']: readonly string[]): ToolOutput {
  const fails = (stderr: string, stdout = '') => output({ stderr, stdout, exitCode: 1 });
  if (mac.stat === 'another') return fails('stat: unrecognized option: f\n');
  if (mac.stat === 'macOS' && option !== '-f') return fails('stat: illegal option -- c\nusage: stat [-FLnq]\n');
  if (mac.stat === 'coreutils' && option === '-f')
    return fails(
      `stat: cannot read file system information for '${format}': No such file or directory\n`,
      `  File: "${path}"\n    ID: e5e6c6f3fb2325c4 Namelen: 255     Type: apfs\n`,
    );
  return output({ stdout: `${Math.floor(Date.now() / 1000) + mac.clockAhead - ageOf(mac, path)}\n` });
}

function listing({ reports, reportsOfRoot }: MortalTarget, folder: string, asRoot: boolean): ToolOutput {
  const fails = (why: string) => output({ stderr: `ls: ${folder}: ${why}\n`, exitCode: 1 });
  if (folder !== diagnosticReports) return fails('No such file or directory');
  if (reportsOfRoot && !asRoot) return fails('Permission denied');
  const names = [...reports].sort(([, a], [, b]) => a.age - b.age).map(([name]) => `${name}\n`);
  return output({ stdout: ['turbinectl_2020-11-24-160623_test-mac.crash\n', ...names].join('') });
}

/** What is installed, whole or kept: each is a copy of the build. */
function bundlesOn({ folders }: MortalTarget): readonly string[] {
  return [...folders].filter(path => /\.kext(?:\.kext-dev-old)?$/.test(path));
}

function foundOn(mac: MortalTarget, infoPlists: boolean): readonly string[] {
  const bundles = bundlesOn(mac);
  if (infoPlists) return bundles.map(path => `${path}/Contents/Info.plist`);
  return bundles.filter(path => path.endsWith('-old'));
}

function entries({ folders }: MortalTarget, [option, ...paths]: readonly string[]): ToolOutput {
  const entry = option === '-di' ? '4711' : 'drwxr-xr-x  3 0  0  96 Jan  9 09:41';
  const missing = paths.filter(path => !folders.has(path));
  return output({
    stdout: paths
      .filter(path => folders.has(path))
      .map(path => `${entry} ${path}\n`)
      .join(''),
    stderr: missing.map(path => `ls: ${path}: No such file or directory\n`).join(''),
    exitCode: missing.length > 0 ? 1 : 0,
  });
}

function digestLine(file: string): string {
  const bytes = file.endsWith('/Info.plist') ? infoPlist : executable();
  return `SHA256(${file})= ${createHash('sha256').update(bytes).digest('hex')}\n`;
}

function ageOf({ reports }: MortalTarget, path: string): number {
  return reports.get(nameIn(path))?.age ?? 0;
}

function nameIn(path: string): string {
  return path.replace(`${diagnosticReports}/`, '');
}

/** Writes a build of the sample project, whose executable has the UUID `built` and nothing else. */
export async function buildSample(folder: string): Promise<void> {
  const contents = join(folder, 'build', 'Turbine.kext', 'Contents');
  await mkdir(join(contents, 'MacOS'), { recursive: true });
  await writeFile(join(contents, 'Info.plist'), infoPlist);
  await writeFile(join(contents, 'MacOS', 'Turbine'), executable());
}

/** The sample project, built, whose driver has a stop() for a panic to point at. The caller removes it. */
export async function sampleThatStops(): Promise<string> {
  const folder = await sampleProject();
  await buildSample(folder);
  await appendFile(join(folder, 'Turbine.cpp'), '\nvoid Turbine::stop(IOService *provider)\n{\n}\n');
  return folder;
}

/** A Mach-O of a kext for x86_64 with one load command, LC_UUID. */
function executable(): Buffer {
  const header = [0xfeedfacf, 0x01000007, 3, 11, 1, 24, 0, 0, 0x1b, 24];
  return Buffer.concat([Buffer.from(new Uint32Array(header).buffer), Buffer.from(built.replaceAll('-', ''), 'hex')]);
}

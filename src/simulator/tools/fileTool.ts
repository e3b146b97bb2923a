import type { ToolOutput } from '../../tools/port/toolOutput.ts';
import type { DiskEntry, SimulatedDisk } from '../simulatedDisk.ts';
import { said } from '../toolText.ts';
import { cannotSimulate } from './cannotSimulate.ts';

/** The file commands that an install on a Mac is made of. */
export type FileTool = 'mkdir' | 'chown' | 'chmod' | 'rm';

const usages: Readonly<Record<FileTool, { readonly usage: string; readonly exitCode: number }>> = {
  mkdir: { usage: 'usage: mkdir [-pv] [-m mode] directory ...', exitCode: 64 },
  chown: { usage: 'usage: chown [-fhv] [-R [-H | -L | -P]] owner[:group] file ...', exitCode: 1 },
  chmod: { usage: 'usage: chmod [-fhv] [-R [-H | -L | -P]] mode|entry file ...', exitCode: 1 },
  rm: { usage: 'usage: rm [-f | -i] [-dPRrvW] file ...', exitCode: 64 },
};

const users: ReadonlyMap<string, number> = new Map([['root', 0]]);
const groups: ReadonlyMap<string, number> = new Map([
  ['wheel', 0],
  ['staff', 20],
]);

/**
 * `mkdir -p PATH…`, `mkdir -m 755 PATH`, `rm -rf PATH…`, `chown -R OWNER:GROUP PATH…` and `chmod -R MODE PATH…` (octal, or who+-what as in
 * `go-w`) of macOS; nothing at all is answered with the tool's usage. Only root may.
 */
export async function fileTool(
  disk: SimulatedDisk,
  tool: FileTool,
  argv: readonly string[],
  asRoot: boolean,
): Promise<ToolOutput> {
  if (argv.length === 0) return said({ stderr: [usages[tool].usage], exitCode: usages[tool].exitCode });
  const call = readCall(tool, argv);
  if (call === undefined) return cannotSimulate(tool, argv);
  const failures: string[] = [];
  for (const path of call.paths) {
    const failure = asRoot ? await call.on(disk, path) : refused(tool);
    if (failure !== undefined) failures.push(`${tool}: ${path}: ${failure}`);
  }
  return said({ stderr: failures, exitCode: failures.length > 0 ? 1 : 0 });
}

interface Call {
  readonly paths: readonly string[];
  /** Does it to one path; gives why not. */
  readonly on: (disk: SimulatedDisk, path: string) => Promise<string | undefined>;
}

function refused(tool: FileTool): string {
  return tool === 'chown' || tool === 'chmod' ? 'Operation not permitted' : 'Permission denied';
}

function readCall(tool: FileTool, [option, ...words]: readonly string[]): Call | undefined {
  if (tool === 'mkdir' && option === '-m') return newFolder(words);
  const expected = { mkdir: '-p', rm: '-rf', chown: '-R', chmod: '-R' }[tool];
  const names = tool === 'mkdir' || tool === 'rm' ? words : words.slice(1);
  if (option !== expected || names.length === 0 || words.some(word => word === '' || word.startsWith('-')))
    return undefined;
  if (tool === 'mkdir') return { paths: names, on: (disk, path) => done(disk.makeFolder(path)) };
  if (tool === 'rm') return { paths: names, on: (disk, path) => done(disk.remove(path)) };
  const change = tool === 'chown' ? ownerChange(words[0] ?? '') : modeChange(words[0] ?? '');
  if (change === undefined) return undefined;
  return {
    paths: names,
    on: async (disk, path) => {
      if ((await disk.entries(path)).length === 0) return 'No such file or directory';
      await disk.change(path, entry => ({ ...entry, ...change(entry) }));
      return undefined;
    },
  };
}

/** `-m 755 PATH`: the folder above is there, and it is not. */
function newFolder([mode, path, ...more]: readonly string[]): Call | undefined {
  if (mode !== '755' || path === undefined || more.length > 0) return undefined;
  return {
    paths: [path],
    on: async (disk, folder) => {
      if ((await disk.entries(folder)).length > 0) return 'File exists';
      const [above] = await disk.entries(folder.slice(0, folder.lastIndexOf('/')) || '/');
      if (above === undefined) return 'No such file or directory';
      return done(disk.makeFolder(folder));
    },
  };
}

/** A link on the way to a path, or a file, is no folder that one can go through. */
function done(work: Promise<void>): Promise<string | undefined> {
  return work.then(
    () => undefined,
    () => 'Not a directory',
  );
}

function ownerChange(word: string): ((entry: DiskEntry) => { readonly uid: number; readonly gid: number }) | undefined {
  const match = /^(\w+):(\w+)$/.exec(word);
  const uid = idOf(match?.[1], users);
  const gid = idOf(match?.[2], groups);
  return uid === undefined || gid === undefined ? undefined : () => ({ uid, gid });
}

function idOf(name: string | undefined, known: ReadonlyMap<string, number>): number | undefined {
  if (name === undefined) return undefined;
  return /^\d+$/.test(name) ? Number(name) : known.get(name);
}

function modeChange(word: string): ((entry: DiskEntry) => { readonly mode: number }) | undefined {
  if (/^0?[0-7]{3}$/.test(word)) return () => ({ mode: Number.parseInt(word, 8) });
  const match = /^([ugoa]+)([-+])([rwx]+)$/.exec(word);
  const [, who = '', sign, what = ''] = match ?? [];
  if (sign === undefined) return undefined;
  const rights = [...what].reduce((bits, letter) => bits | { r: 4, w: 2, x: 1 }[letter as 'r' | 'w' | 'x'], 0);
  const shifts = { u: [6], g: [3], o: [0], a: [6, 3, 0] };
  const bits = [...who].flatMap(letter => shifts[letter as 'u' | 'g' | 'o' | 'a']).map(shift => rights << shift);
  const mask = bits.reduce((all, one) => all | one, 0);
  return ({ mode }) => ({ mode: sign === '-' ? mode & ~mask : mode | mask });
}

import { createHash } from 'node:crypto';
import { lstat, readFile } from 'node:fs/promises';
import type { ToolOutput } from '../../tools/port/toolOutput.ts';
import type { DiskEntry, SimulatedDisk } from '../simulatedDisk.ts';
import { said } from '../toolText.ts';
import { cannotSimulate } from './cannotSimulate.ts';

const noSuchFile = 'No such file or directory';

/** `ls -ldn PATH` of macOS: the entry itself, its owner and group by number; `ls -di PATH…`: the number of each. `ls PATH`: the names in a folder. */
export async function ls(disk: SimulatedDisk, argv: readonly string[]): Promise<ToolOutput> {
  const [folder] = argv;
  if (folder?.startsWith('/') && argv.length === 1) return namesIn(disk, folder);
  const [option, path, ...more] = argv;
  if (option === '-di' && path !== undefined) return numbersOf(disk, [path, ...more]);
  if (option !== '-ldn' || path === undefined || more.length > 0) return cannotSimulate('ls', argv);
  const [entry] = await disk.entries(path);
  if (entry === undefined) return said({ stderr: [`ls: ${path}: ${noSuchFile}`], exitCode: 1 });
  const { uid, gid } = entry;
  return said({ stdout: [`${modeText(entry)}  3 ${uid}  ${gid}  96 Jan  9 09:41 ${path}`] });
}

async function numbersOf(disk: SimulatedDisk, paths: readonly string[]): Promise<ToolOutput> {
  const [stdout, stderr]: [string[], string[]] = [[], []];
  for (const path of [...paths].sort()) {
    const [entry] = await disk.entries(path);
    if (entry === undefined) stderr.push(`ls: ${path}: ${noSuchFile}`);
    else stdout.push(`${await numberOf(disk.place(path))} ${path}`);
  }
  return said({ stdout, stderr, exitCode: stderr.length > 0 ? 1 : 0 });
}

/** A folder of the system's is kept only once something lies in it; all of those that are empty are the root's one. */
async function numberOf(place: string): Promise<number> {
  const rootsNumber = 2;
  return lstat(place).then(
    ({ ino }) => ino,
    () => rootsNumber,
  );
}

async function namesIn(disk: SimulatedDisk, folder: string): Promise<ToolOutput> {
  const [entry, ...below] = await disk.entries(folder);
  if (entry === undefined) return said({ stderr: [`ls: ${folder}: ${noSuchFile}`], exitCode: 1 });
  if (entry.kind !== 'folder') return said({ stdout: [folder] });
  const names = below.map(({ path }) => path.slice(entry.path.length).replace(/^\//, ''));
  return said({ stdout: names.filter(name => !name.includes('/') && !name.startsWith('.')) });
}

function modeText({ kind, mode }: DiskEntry): string {
  const rights = [6, 3, 0].map(shift =>
    ['r', 'w', 'x'].map((letter, at) => ((mode >> (shift + 2 - at)) & 1 ? letter : '-')),
  );
  return { folder: 'd', file: '-', link: 'l' }[kind] + rights.flat().join('');
}

/** `openssl dgst -sha256 PATH…` of macOS. */
export async function openssl(disk: SimulatedDisk, argv: readonly string[]): Promise<ToolOutput> {
  const [command, option, ...paths] = argv;
  if (command !== 'dgst' || option !== '-sha256' || paths.length === 0) return cannotSimulate('openssl', argv);
  const [stdout, stderr]: [string[], string[]] = [[], []];
  for (const path of paths) {
    const [entry] = await disk.entries(path);
    if (entry?.kind !== 'file') {
      stderr.push(entry === undefined ? `${path}: ${noSuchFile}` : `Read Error in ${path}`);
      continue;
    }
    const digest = createHash('sha256')
      .update(await readFile(disk.place(path)))
      .digest('hex');
    stdout.push(`SHA256(${path})= ${digest}`);
  }
  return said({ stdout, stderr, exitCode: stderr.length > 0 ? 1 : 0 });
}

/** `mv FROM TO` of macOS, which puts a thing *into* a folder that is there. */
export async function mv(disk: SimulatedDisk, argv: readonly string[], asRoot: boolean): Promise<ToolOutput> {
  const [from, to, ...more] = argv;
  if (from === undefined || to === undefined || more.length > 0 || from.startsWith('-'))
    return cannotSimulate('mv', argv);
  const failed = (why: string) => said({ stderr: [`mv: rename ${from} to ${to}: ${why}`], exitCode: 1 });
  if (!asRoot) return failed('Permission denied');
  const [source] = await disk.entries(from);
  if (source === undefined) return failed(noSuchFile);
  const [there] = await disk.entries(to);
  const into = there?.kind === 'folder' ? `${to}/${from.slice(from.lastIndexOf('/') + 1)}` : to;
  return disk.rename(from, into).then(
    () => said({}),
    () => failed(noSuchFile),
  );
}

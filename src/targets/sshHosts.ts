import { constants } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { isAbsolute, join, normalize, parse, sep } from 'node:path';
import {
  fitsHostPatterns,
  fitsPattern,
  parseSshConfig,
  type SshConfigHost,
  type SshConfigPart,
} from '../tools/ssh/sshConfig.ts';
import { sshHostNamed } from './sshHost.ts';

/** The hosts that a user's ssh configuration names. */
export interface SshHosts {
  /** In its order; each once, and none that ssh:HOST does not take. */
  readonly hosts: readonly SshConfigHost[];
  /** Why not all of it was read: sentences without a full stop. */
  readonly problems: readonly string[];
}

/**
 * How much of a configuration is read: files within files; files, and folders that a wildcard looks through; bytes; entries of
 * such a folder.
 */
export interface SshConfigLimits {
  readonly depth: number;
  readonly files: number;
  readonly bytes: number;
  readonly entries: number;
}

/** The depth is ssh's own (readconf.c, READCONF_MAX_DEPTH). */
const usualLimits: SshConfigLimits = { depth: 16, files: 100, bytes: 1_000_000, entries: 1000 };

/** Reads `.ssh/config` of a home folder and what it includes. Where there is no such file there are no hosts. */
export async function readSshHosts(home: string, limits = usualLimits): Promise<SshHosts> {
  const reading: Reading = { home, limits, left: { files: limits.files, bytes: limits.bytes }, problems: new Set() };
  const found = await hostsIn(join(home, '.ssh', 'config'), reading, 0);
  const hosts = new Map<string, SshConfigHost>();
  for (const host of found) {
    const named = sshHostNamed(`ssh:${host.name}`);
    // What ssh is told first holds.
    if (named !== undefined && 'host' in named) hosts.set(host.name, { ...host, ...hosts.get(host.name) });
  }
  return { hosts: [...hosts.values()], problems: [...reading.problems] };
}

interface Reading {
  readonly home: string;
  readonly limits: SshConfigLimits;
  /** What may still be read. */
  readonly left: { files: number; bytes: number };
  readonly problems: Set<string>;
}

async function hostsIn(file: string, reading: Reading, depth: number): Promise<readonly SshConfigHost[]> {
  if (depth > reading.limits.depth) {
    reading.problems.add(`${shown(file, reading)} was not read: too many files include one another`);
    return [];
  }
  const hosts: SshConfigHost[] = [];
  for (const part of parseSshConfig(await textOf(file, reading)))
    hosts.push(...(part.kind === 'host' ? [part.host] : await hostsIncluded(part, reading, depth)));
  return hosts;
}

async function hostsIncluded(
  { paths, within }: Extract<SshConfigPart, { kind: 'include' }>,
  reading: Reading,
  depth: number,
): Promise<readonly SshConfigHost[]> {
  const hosts: SshConfigHost[] = [];
  for (const path of paths)
    for (const file of await filesNamed(path, reading)) hosts.push(...(await hostsIn(file, reading, depth + 1)));
  return hosts.filter(({ name }) => fitsHostPatterns(name, within));
}

/** Empty where it cannot be read; that a file is not there is no problem, as for ssh. */
async function textOf(file: string, reading: Reading): Promise<string> {
  const { left, problems } = reading;
  if (left.files === 0 || left.bytes === 0) {
    problems.add('not all files of it were read: there are too many');
    return '';
  }
  left.files -= 1;
  try {
    // Whoever opens a pipe waits for somebody to write into it.
    const handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      if (!(await handle.stat()).isFile()) throw Object.assign(new Error(), { code: 'it is no file' });
      const { bytesRead, buffer } = await handle.read(Buffer.alloc(left.bytes), 0, left.bytes, 0);
      left.bytes -= bytesRead;
      if (left.bytes === 0) problems.add(`${shown(file, reading)} was not read to its end: there is too much of it`);
      return buffer.toString('utf8', 0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' && code !== 'ENOTDIR') problems.add(`${shown(file, reading)} could not be read (${code})`);
    return '';
  }
}

/** The files that an Include names: relative to the folder .ssh, with wildcards in any part of the path. */
async function filesNamed(path: string, reading: Reading): Promise<readonly string[]> {
  const { home } = reading;
  const below = path.startsWith('~/') ? join(home, path.slice(2)) : join(home, '.ssh', path);
  const whole = isAbsolute(path) ? normalize(path) : below;
  const { root } = parse(whole);
  let found = [root];
  for (const part of whole.slice(root.length).split(sep).filter(Boolean)) {
    const next = await Promise.all(found.map(folder => entriesNamed(folder, part, reading)));
    found = next.flat().slice(0, reading.limits.entries);
  }
  return found;
}

async function entriesNamed(folder: string, part: string, { limits, left }: Reading): Promise<readonly string[]> {
  if (!/[*?]/.test(part)) return [join(folder, part)];
  if (left.files === 0) return [];
  left.files -= 1;
  const names = await readdir(folder).catch(() => []);
  return names
    .slice(0, limits.entries)
    .filter(name => fitsPattern(name, part) && (!name.startsWith('.') || part.startsWith('.')))
    .toSorted()
    .map(name => join(folder, name));
}

/** As its user would write it. */
function shown(file: string, { home }: Reading): string {
  return file.startsWith(home + sep) ? `~${file.slice(home.length)}` : file;
}

/**
 * The file tools of a Mac by which a bundle is installed: ls(1), mkdir(1), tar(1), chown(8), mv(1), openssl(1). All but ls and
 * openssl are silent where they succeed; a failure is a line on standard error:
 *   mkdir: /private/tmp/kext-dev: File exists
 *   tar: ./Contents/MacOS/Pump: Write error: No space left on device
 *   mv: rename /Library/Extensions/Pump.kext to /Library/Extensions/.Pump.kext: Operation not permitted
 * ls -ldn, of which the beginning alone is read, since a name may hold anything:
 *   drwxr-xr-x@ 3 0  0  96 Jan  9 09:41 /Library/Extensions
 *   ls: /Library/Extensions/Pump.kext: No such file or directory
 * ls -di, with a line for each entry that is there:
 *   12884909873 /Library/Extensions/Pump.kext
 * openssl dgst -sha256, in the order of the files. It is in every macOS (OpenSSL 0.9.8, later LibreSSL) and no Perl script, as
 * shasum(1) is, so that it takes less time; OpenSSL 3 calls the digest SHA2-256:
 *   SHA256(/Library/Extensions/Pump.kext/Contents/Info.plist)= 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
 */
import { requireWholeAnswer } from './port/answer.ts';
import type { ToolCommand } from './port/toolCommand.ts';
import { UnknownToolText } from './port/toolErrors.ts';
import type { ToolInput } from './port/toolInput.ts';
import type { ToolOutput } from './port/toolOutput.ts';

/** What lies at a path. */
export interface FileEntry {
  readonly kind: 'folder' | 'file' | 'link' | 'other';
  readonly uid: number;
  readonly gid: number;
  /** Others than its owner may write to it. */
  readonly othersWrite: boolean;
}

const kinds: Readonly<Record<string, FileEntry['kind']>> = { d: 'folder', '-': 'file', l: 'link' };

/** What lies at that absolute path; undefined where nothing does. Links are not followed. */
export function fileEntry(path: string): ToolCommand<FileEntry | undefined> {
  return {
    ...call('ls', ['-ldn', path], false),
    parse: output => {
      requireWholeAnswer('ls', 'one entry', output);
      if (isMissing(output)) return undefined;
      const [, type = '', groups = '', others = '', uid, gid] =
        /^([-a-z])(?:...)(...)(...)[.+@ ]\s*\d+\s+(\d+)\s+(\d+)\s/.exec(output.stdout) ?? [];
      if (output.exitCode !== 0 || uid === undefined) throw new UnknownToolText('ls', 'one entry', output);
      const othersWrite = type !== 'l' && (groups[1] === 'w' || others[1] === 'w');
      return { kind: kinds[type] ?? 'other', uid: Number(uid), gid: Number(gid), othersWrite };
    },
  };
}

/**
 * What tells the entry at each of the absolute paths from any other one that is or was there since it was made: its number in the file
 * system, which a rename keeps. undefined where there is none.
 */
export function entryNumbers(paths: readonly string[]): ToolCommand<readonly (string | undefined)[]> {
  return {
    ...call('ls', ['-di', ...paths.map(requireAbsolute)], false),
    parse: output => {
      const expected = `the numbers of ${paths.length} entries`;
      requireWholeAnswer('ls', expected, output);
      const numbers = paths.map(path => numberOf(path, output.stdout));
      const missing = numbers.filter(number => number === undefined).length;
      if (output.stderr.split(notThere).length - 1 !== missing) throw new UnknownToolText('ls', expected, output);
      return numbers;
    },
  };
}

/** A name may hold the end of a line. */
function numberOf(path: string, text: string): string | undefined {
  const lines = `\n${text}`;
  for (let at = lines.indexOf(` ${path}\n`); at >= 0; at = lines.indexOf(` ${path}\n`, at + 1)) {
    const number = /\n *(\d+)$/.exec(lines.slice(0, at))?.[1];
    if (number !== undefined) return number;
  }
  return undefined;
}

const notThere = /: No such file or directory(?:\n|$)/;

function isMissing({ exitCode, stderr }: ToolOutput): boolean {
  return exitCode !== 0 && notThere.test(stderr);
}

/** Makes a folder that root owns and nobody else may write to; those above it have to be there. */
export function makeRootFolder(path: string): ToolCommand<undefined> {
  return silent('mkdir', ['-m', '755', requireAbsolute(path)]);
}

/** Unpacks an archive into a folder that is there, its modes as they are in it; while it comes, in large pieces. */
export function unpackArchive(archive: ToolInput, folder: string): ToolCommand<undefined> {
  const command = silent('tar', ['-x', '-p', '-b', '128', '-f', '-', '-C', requireAbsolute(folder)]);
  return { ...command, input: archive, streams: true, timeoutMs: 600_000 };
}

/** Gives all that lies there to root, by number: not every system calls the group so. */
export function giveToRoot(path: string): ToolCommand<undefined> {
  return silent('chown', ['-R', '0:0', requireAbsolute(path)]);
}

/** Renames what lies at `from`; nothing may lie at `to`, where it would be put *into* a folder. */
export function renameEntry(from: string, to: string): ToolCommand<undefined> {
  return silent('mv', [requireAbsolute(from), requireAbsolute(to)]);
}

/** The SHA-256 of each of the files, in hex, in their order. */
export function fileDigests(files: readonly string[]): ToolCommand<readonly string[]> {
  return {
    ...call('openssl', ['dgst', '-sha256', ...files.map(requireAbsolute)], false),
    timeoutMs: 600_000,
    parse: output => {
      const expected = `${files.length} digests`;
      requireWholeAnswer('openssl', expected, output);
      const digests = output.stdout.split('\n').flatMap(line => /\)= ([0-9a-f]{64})$/.exec(line)?.[1] ?? []);
      if (output.exitCode !== 0 || digests.length !== files.length)
        throw new UnknownToolText('openssl', expected, output);
      return digests;
    },
  };
}

function silent(tool: string, argv: readonly string[]): ToolCommand<undefined> {
  return { ...call(tool, argv, true), parse: output => requireSilence(tool, output) };
}

/** Nothing but a success without a word is one. */
export function requireSilence(tool: string, output: ToolOutput): undefined {
  requireWholeAnswer(tool, 'silence', output);
  if (output.exitCode !== 0) throw new UnknownToolText(tool, 'silence', output);
  return undefined;
}

function call(tool: string, argv: readonly string[], asRoot: boolean) {
  return { tool, argv, asRoot, timeoutMs: 60_000 };
}

/** @throws RangeError */
export function requireAbsolute(path: string): string {
  if (!path.startsWith('/') || path.includes('\0')) throw new RangeError(`${JSON.stringify(path)} is no absolute path`);
  return path;
}

/**
 * find(1), for the bundles of a Mac that may be copies of a kext. It prints paths, each with a zero byte behind it, so that a name may hold
 * anything; what it could not look at is a line on standard error:
 *   find: /Library/StagedExtensions: Permission denied
 *   find: /private/tmp/kext-dev: No such file or directory        (nothing is there)
 * -path, -prune, -exec and ! are POSIX's; -maxdepth, -print0 and grep's --null are on every macOS and GNU's as well.
 */
import { isKextIdentifier } from '../model/kext.ts';
import { installFolders } from './kextPlaces.ts';
import { requireWholeAnswer } from './port/answer.ts';
import type { ToolCommand } from './port/toolCommand.ts';
import { UnknownToolText } from './port/toolErrors.ts';
import type { ToolOutput } from './port/toolOutput.ts';
import { type Line, parseLines } from './text/lines.ts';
import { isNoise } from './text/noise.ts';
import type { ParsedText } from './text/parsedText.ts';

/** What a search has found. */
export interface FoundPaths {
  readonly paths: readonly string[];
  /** What it could not look at, in its words. */
  readonly notices: readonly string[];
}

const expected = 'paths with zero bytes between them';

/** The Info.plist files below the folders that mention the identifier: as theirs, or as a library's. */
export function findInfoPlists(identifier: string, folders: readonly string[]): ToolCommand<FoundPaths> {
  return find([...folders, ...mentioning(identifier)]);
}

/**
 * The same on other volumes, in /Library/Extensions of each and nowhere else. A link, as the one to the volume that was started from, is
 * not followed.
 */
export function findOnVolumes(identifier: string): ToolCommand<FoundPaths> {
  const only = (depth: string, name: string) => [
    '-path',
    depth,
    '!',
    '-path',
    `${depth}/*`,
    '!',
    '-name',
    name,
    '-prune',
  ];
  return find([
    '/Volumes',
    ...only('/Volumes/*/*', 'Library'),
    '-o',
    ...only('/Volumes/*/*/*', 'Extensions'),
    '-o',
    ...mentioning(identifier),
  ]);
}

/** What installs have left under hidden names. */
export function findLeftovers(folders: readonly string[] = installFolders): ToolCommand<FoundPaths> {
  const names = ['new', 'new-*', 'gone', 'gone-*', 'old'].flatMap(what => ['-o', '-name', `.*.kext.kext-dev-${what}`]);
  return find([...folders, '-maxdepth', '1', '(', ...names.slice(1), ')', '-print0']);
}

/**
 * grep looks for the bytes of the identifier, which property lists of both forms hold.
 * @throws RangeError for what is no identifier: to grep several lines are several texts, and to find {} is a path.
 */
function mentioning(identifier: string): readonly string[] {
  if (!isKextIdentifier(identifier)) throw new RangeError(`${JSON.stringify(identifier)} is no bundle identifier`);
  const grep = ['grep', '-l', '-F', '--null', '-e', identifier, '{}', '+'];
  return ['-name', 'Info.plist', '-type', 'f', '-exec', ...grep];
}

function find(argv: readonly string[]): ToolCommand<FoundPaths> {
  return { tool: 'find', argv, asRoot: false, timeoutMs: 60_000, parse: foundPaths };
}

/** Its exit status says only whether it could look everywhere, and grep whether each file has a match. */
function foundPaths(output: ToolOutput): FoundPaths {
  requireWholeAnswer('find', expected, output);
  const lines = output.stderr
    .split('\n')
    .filter(line => line.trim() !== '' && !/: No such file or directory$/.test(line));
  if (output.exitCode === 127 || (output.stdout !== '' && !output.stdout.endsWith('\0')))
    throw new UnknownToolText('find', expected, output);
  return { paths: output.stdout.split('\0').slice(0, -1), notices: lines };
}

/** The paths that find printed, all of a line at a time: zero bytes stand between them. What it could not look at is a notice. */
export function parseFind(text: string): ParsedText<readonly string[]> {
  return parseLines(text, readPaths, line => isNoise(line) || notLookedAt.test(line));
}

const notLookedAt =
  /^(?:find|grep): .*: (?:No such file or directory|Permission denied|Operation not permitted|Not a directory)$/;

function readPaths({ text }: Line): readonly string[] | undefined {
  if (!text.endsWith('\0')) return undefined;
  const paths = text.slice(0, -1).split('\0');
  return paths.every(path => path.startsWith('/')) ? paths : undefined;
}

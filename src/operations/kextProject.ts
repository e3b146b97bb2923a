import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { type InfoPlist, keyPosition, readInfoPlist } from '../bundle/infoPlist.ts';
import { isApple } from '../model/kext.ts';
import type { SourcePosition } from '../model/sourcePosition.ts';
import type { ClassDeclaration } from '../source/classDeclarations.ts';
import { readDeclarations } from './declarations.ts';

/** A folder with the source of one kext. */
export interface KextProject {
  /** Absolute; the build command runs here. */
  readonly folder: string;
  /** Folders below it with the sources of other kexts. */
  readonly otherKexts: readonly string[];
  /** Of the source, not of a product. */
  readonly infoPlist: InfoPlist;
  readonly bundleIdentifier: string;
  readonly version: string;
  /** Of the CFBundleIdentifier in the Info.plist: where a verdict on the whole kext is shown. */
  readonly identifierPosition: SourcePosition | undefined;
  /** The libkern classes that the source declares, by file and line. */
  readonly declarations: readonly ClassDeclaration[];
  /** Their runtime names. */
  readonly classes: readonly string[];
  /** Program and arguments. */
  readonly buildCommand: readonly string[];
}

/** Why a folder is no kext project: one sentence, and the place of the mistake where there is one. */
export interface ProjectProblem {
  readonly problem: string;
  readonly position?: SourcePosition;
}

/** How deep below the folder an Info.plist is looked for. */
const deepest = 2;
const skipped = /^(\.|build$|node_modules$|DerivedData$)|\.(kext|dSYM|app|xcodeproj)$/i;

/** A kext whose Info.plist was found, before its sources are read. */
export interface FoundKext {
  /** Absolute: where was looked for it. */
  readonly root: string;
  readonly infoPlist: InfoPlist;
  readonly identifierPosition: SourcePosition | undefined;
}

/** The kexts of a folder. */
export interface FoundKexts {
  /** The nearest to the folder first. */
  readonly kexts: readonly FoundKext[];
  /** What is wrong with an Info.plist that might be another one's. */
  readonly problems: readonly ProjectProblem[];
}

/** Finds the kexts whose Info.plist is at most two folders down. */
export async function findKexts(root: string): Promise<FoundKexts> {
  const kexts: FoundKext[] = [];
  const problems: ProjectProblem[] = [];
  for (const file of await infoPlists(root, 0)) {
    const read = await readCandidate(file, root);
    if (read === undefined) continue;
    if ('problem' in read) problems.push(read);
    else kexts.push(read);
  }
  return { kexts, problems };
}

/**
 * Finds the one kext project in `folder`, that of the Info.plist nearest to it, built by `buildCommand` or, where that is
 * empty, by make in the nearest folder with a Makefile. Several that are equally near are a problem.
 */
export async function findKextProject(
  folder: string,
  buildCommand: readonly string[],
  signal: AbortSignal,
): Promise<KextProject | ProjectProblem> {
  const { kexts, problems } = await findKexts(folder);
  const [nearest, ...others] = kexts;
  if (nearest === undefined) return problems[0] ?? { problem: noKextIn(folder) };
  const equal = others.filter(each => depthOf(each) === depthOf(nearest));
  if (equal.length > 0) return { problem: severalIn(folder, [nearest, ...equal]) };
  return openKextProject(nearest, others, buildCommand, signal);
}

/** Reads the sources of a kext that was found; `others` are those that were found beside it. */
export async function openKextProject(
  kext: FoundKext,
  others: readonly FoundKext[],
  buildCommand: readonly string[],
  signal: AbortSignal,
): Promise<KextProject> {
  const { infoPlist, identifierPosition } = kext;
  const own = dirname(infoPlist.file);
  const folder = await folderOf(kext);
  const otherKexts = others
    .map(other => dirname(other.infoPlist.file))
    .filter(other => isBelow(other, folder) && other !== own && !isBelow(own, other));
  const declarations = await readDeclarations({ folder, otherKexts }, signal);
  return {
    folder,
    otherKexts,
    infoPlist,
    bundleIdentifier: infoPlist.bundleIdentifier ?? '',
    version: infoPlist.version ?? '',
    identifierPosition,
    declarations,
    classes: declarations.map(({ name }) => name),
    buildCommand: buildCommand.length > 0 ? buildCommand : ['make'],
  };
}

/** The folder of its project: where it is built. */
export function folderOf({ root, infoPlist }: FoundKext): Promise<string> {
  return buildFolder(dirname(infoPlist.file), root);
}

function noKextIn(folder: string): string {
  return `No kext project in ${folder}: no Info.plist with the CFBundlePackageType KEXT was found there.`;
}

function severalIn(folder: string, kexts: readonly FoundKext[]): string {
  const names = kexts.map(({ infoPlist }) => `${infoPlist.bundleIdentifier} in ${relative(folder, infoPlist.file)}`);
  return `${folder} has ${kexts.length} kexts: ${names.join(', ')}. Name the folder of one of them.`;
}

function depthOf({ infoPlist }: FoundKext): number {
  return infoPlist.file.split(sep).length;
}

function isBelow(inner: string, outer: string): boolean {
  return inner.startsWith(`${outer}${sep}`);
}

async function infoPlists(folder: string, depth: number): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const here = entries.filter(entry => entry.isFile() && /(^|[-_.])Info\.plist$/.test(entry.name));
  const below = depth === deepest ? [] : entries.filter(entry => entry.isDirectory() && !skipped.test(entry.name));
  const deeper = await Promise.all(below.map(entry => infoPlists(join(folder, entry.name), depth + 1)));
  return [...here.map(entry => join(folder, entry.name)), ...deeper.flat()].sort(
    (a, b) => a.split('/').length - b.split('/').length || a.localeCompare(b),
  );
}

/** Undefined for the Info.plist of something that is no kext. */
async function readCandidate(file: string, folder: string): Promise<FoundKext | ProjectProblem | undefined> {
  // Its XML parser takes a while to load: a window on a kext opens sooner without it.
  const { parsePropertyList } = await import('../bundle/propertyList.ts');
  const list = parsePropertyList(await readFile(file, 'utf8'), file);
  const name = relative(folder, file);
  if ('problem' in list) return { problem: `${name} ${list.problem}`, position: list.position };
  const infoPlist = readInfoPlist(list, { codeExpected: true });
  if (infoPlist.packageType !== undefined && infoPlist.packageType !== 'KEXT') return undefined;
  const [mistake] = infoPlist.problems;
  if (mistake !== undefined) return { problem: `${name}: ${mistake.message}`, position: mistake.position };
  const identifierPosition = keyPosition(list, ['CFBundleIdentifier']);
  const { bundleIdentifier = '' } = infoPlist;
  if (isApple(bundleIdentifier)) {
    const problem = `${name}: ${bundleIdentifier} is Apple's name for a kext; Kext Dev touches no kext of Apple's.`;
    return identifierPosition === undefined ? { problem } : { problem, position: identifierPosition };
  }
  return { root: folder, infoPlist, identifierPosition };
}

/** The nearest folder from the Info.plist's up to the root that has a Makefile; the root where none has. */
async function buildFolder(start: string, root: string): Promise<string> {
  let folder = start;
  while (folder.startsWith(root)) {
    const names = await readdir(folder);
    if (names.some(name => /^(GNUmakefile|[Mm]akefile)$/.test(name))) return folder;
    if (folder === root) break;
    folder = dirname(folder);
  }
  return root;
}

import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { type InfoPlist, keyPosition, readInfoPlist } from '../bundle/infoPlist.ts';
import { parsePropertyList } from '../bundle/propertyList.ts';
import { isApple } from '../model/kext.ts';
import type { SourcePosition } from '../model/sourcePosition.ts';
import type { ClassDeclaration } from '../source/classDeclarations.ts';
import { readDeclarations } from './declarations.ts';

/** A folder with the source of one kext. */
export interface KextProject {
  /** Absolute; the build command runs here. */
  readonly folder: string;
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

/**
 * Finds the kext project in `folder`: the Info.plist of a kext at most two folders down, built by `buildCommand` or, where
 * that is empty, by make in the nearest folder with a Makefile.
 */
export async function findKextProject(
  folder: string,
  buildCommand: readonly string[],
  signal: AbortSignal,
): Promise<KextProject | ProjectProblem> {
  const candidates = await infoPlists(folder, 0);
  const problems: ProjectProblem[] = [];
  for (const file of candidates) {
    const read = await readCandidate(file, folder);
    if (read === undefined) continue;
    if ('problem' in read) problems.push(read);
    else return describe(folder, read, buildCommand, signal);
  }
  return (
    problems[0] ?? {
      problem: `No kext project in ${folder}: no Info.plist with the CFBundlePackageType KEXT was found there.`,
    }
  );
}

interface Candidate {
  readonly infoPlist: InfoPlist;
  readonly identifierPosition: SourcePosition | undefined;
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
async function readCandidate(file: string, folder: string): Promise<Candidate | ProjectProblem | undefined> {
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
  return { infoPlist, identifierPosition };
}

async function describe(
  root: string,
  { infoPlist, identifierPosition }: Candidate,
  buildCommand: readonly string[],
  signal: AbortSignal,
): Promise<KextProject> {
  const folder = await buildFolder(dirname(infoPlist.file), root);
  const declarations = await readDeclarations(folder, signal);
  return {
    folder,
    infoPlist,
    bundleIdentifier: infoPlist.bundleIdentifier ?? '',
    version: infoPlist.version ?? '',
    identifierPosition,
    declarations,
    classes: declarations.map(({ name }) => name),
    buildCommand: buildCommand.length > 0 ? buildCommand : ['make'],
  };
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

import { dirname, join, relative, sep } from 'node:path';
import { mayHaveKextTarget } from '../../bundle/xcodeProject.ts';
import { onceFor } from '../../model/onceFor.ts';
import {
  type ChoiceOf,
  foreignInfoPlists,
  openXcodeProject,
  type XcodeSearch,
  xcodeKexts,
} from '../xcode/xcodeKexts.ts';
import { readWorkspaces } from '../xcode/xcodeWorkspaces.ts';
import type { FoundKext, FoundKexts, ProjectProblem } from './kextProject.ts';
import { isMakefile, makeFolderAbove, type ProjectFiles, projectFiles } from './projectFiles.ts';
import { ProjectProbe } from './projectProbe.ts';
import { isVariable, readSourcePlist } from './readSourcePlist.ts';

/** What a developer has said of the kexts of a folder. */
export interface KextWish {
  /** Program and arguments; empty where none are set. With some a folder needs no Makefile. */
  readonly buildCommand?: readonly string[] | undefined;
  readonly choiceOf?: ChoiceOf | undefined;
}

/**
 * Finds the kexts of a folder: targets of Xcode projects at most two folders down, or that a workspace there names, which make one, and
 * Info.plists there of a kext, or of what the build says, where a Makefile or a build command builds it. At most 200 files are opened.
 */
export async function findKexts(
  root: string,
  { buildCommand = [], choiceOf = () => ({}) }: KextWish = {},
  probe: ProjectProbe = new ProjectProbe(),
): Promise<FoundKexts> {
  const listed = await projectFiles(root, probe);
  const { naming, problems } = await readWorkspaces(listed.xcodeWorkspaces, root, probe);
  const files = { ...listed, xcodeProjects: [...new Set([...listed.xcodeProjects, ...naming.keys()])] };
  const ofXcode = await kextsOfXcode(files.xcodeProjects, { root, choiceOf, workspaces: naming }, probe);
  const ofMake = await kextsOfMake(files, root, ofXcode, buildCommand, probe);
  const all = [...ofXcode, ...ofMake];
  return {
    kexts: all.filter(isKext).sort(byDepth),
    problems: eachOnce([...all.filter(each => 'problem' in each), ...problems]),
    complete: probe.complete,
  };
}

/** Targets that share an Info.plist share its mistakes. */
function eachOnce(problems: readonly ProjectProblem[]): readonly ProjectProblem[] {
  return [...Map.groupBy(problems, each => JSON.stringify(each)).values()].flatMap(([first]) => first ?? []);
}

/** The kexts of the projects in `*.xcodeproj` folders, and what is wrong with them. */
export async function kextsOfXcode(
  folders: readonly string[],
  search: XcodeSearch,
  probe: ProjectProbe,
): Promise<readonly (FoundKext | ProjectProblem)[]> {
  const found: (FoundKext | ProjectProblem)[] = [];
  for (const folder of folders) {
    const text = await probe.text(join(folder, 'project.pbxproj'));
    const project = text !== undefined && mayHaveKextTarget(text) ? await openXcodeProject(folder, probe) : undefined;
    if (project === undefined) continue;
    const kexts = 'problem' in project ? [project] : await xcodeKexts(project, search, probe);
    // It may build them where no Xcode runs.
    const beside = dirname(folder);
    const makes = kexts.length > 0 && (await probe.entries(beside)).some(isMakefile);
    found.push(...kexts.map(each => (makes && isKext(each) ? { ...each, makeFolder: beside } : each)));
  }
  return found;
}

/** Those of Info.plists that no target of Xcode has; another one of the same kext, where its Makefile is the project's, is a variant of that. */
async function kextsOfMake(
  files: ProjectFiles,
  root: string,
  ofXcode: readonly (FoundKext | ProjectProblem)[],
  buildCommand: readonly string[],
  probe: ProjectProbe,
): Promise<readonly (FoundKext | ProjectProblem)[]> {
  const kexts = ofXcode.filter(isKext);
  const taken = new Set(ofXcode.map(each => (isKext(each) ? each.infoPlist.file : each.position?.file)));
  const isVariant = ({ infoPlist: { bundleIdentifier } }: Pick<FoundKext, 'infoPlist'>, makeFolder: string) =>
    kexts.some(kext => kext.makeFolder === makeFolder && kext.infoPlist.bundleIdentifier === bundleIdentifier);
  const found: (FoundKext | ProjectProblem)[] = [];
  const ofOthers = onceFor((all: ProjectFiles) => plistsOfOthers(all, probe));
  for (const file of files.infoPlists) {
    const text = taken.has(file) ? undefined : await probe.text(file);
    const makeFolder = makeFolderAbove(dirname(file), root, files);
    const isBuilt = makeFolder !== undefined || buildCommand.length > 0;
    const read = text === undefined ? undefined : await readSourcePlist({ file, text, root, isBuilt });
    if (read === undefined || (mayBeOfOther(read, text) && (await ofOthers(files)).has(file))) continue;
    if ('problem' in read) found.push(read);
    else if (makeFolder !== undefined && isVariant(read, makeFolder)) continue;
    else found.push(isBuilt ? { root, ...read, makeFolder } : notBuilt(read, root));
  }
  return found;
}

/** An Info.plist that leaves it to the build what it is of, or cannot be read, may be that of an application which Xcode builds. */
function mayBeOfOther(read: Pick<FoundKext, 'infoPlist'> | ProjectProblem, text = ''): boolean {
  return 'problem' in read ? !/>\s*KEXT\s*</.test(text) : isVariable(read.infoPlist.packageType ?? '');
}

/** The Info.plists of targets that make something else than kexts. */
async function plistsOfOthers({ xcodeProjects }: ProjectFiles, probe: ProjectProbe): Promise<ReadonlySet<string>> {
  const files: string[] = [];
  for (const folder of xcodeProjects) {
    const project = await openXcodeProject(folder, probe);
    if (project !== undefined && !('problem' in project)) files.push(...(await foreignInfoPlists(project, probe)));
  }
  return new Set(files);
}

function notBuilt(
  { infoPlist, identifierPosition }: Pick<FoundKext, 'infoPlist' | 'identifierPosition'>,
  root: string,
) {
  const name = relative(root, infoPlist.file);
  const problem = `${name} is a kext's, and nothing builds it: put a Makefile beside it, or set the build command.`;
  return { problem, ...(identifierPosition === undefined ? {} : { position: identifierPosition }) };
}

/** Whether it is one, and not what is wrong with one. */
export function isKext(found: FoundKext | ProjectProblem): found is FoundKext {
  return !('problem' in found);
}

/** The nearest to the folder first. */
function byDepth({ infoPlist: { file: a } }: FoundKext, { infoPlist: { file: b } }: FoundKext): number {
  return depthOf(a) - depthOf(b) || a.localeCompare(b);
}

/** How many folders a file lies in. */
export function depthOf(file: string): number {
  return file.split(sep).length;
}

import { dirname, isAbsolute, join, relative } from 'node:path';
import { parseOpenStepPropertyList } from '../../bundle/openStepPropertyList.ts';
import { templatesOf } from '../../bundle/placeholders.ts';
import type { SettingValues } from '../../bundle/settingValues.ts';
import type { TargetSources } from '../../bundle/xcodeFiles.ts';
import { isKextTarget, readXcodeProject, type XcodeProject, type XcodeTarget } from '../../bundle/xcodeProject.ts';
import type { FoundKext, ProjectProblem } from '../project/kextProject.ts';
import { plistMaking } from '../project/plistMaking.ts';
import type { ProjectProbe } from '../project/projectProbe.ts';
import { readSourcePlist } from '../project/readSourcePlist.ts';
import { macrosOfAll } from './compilerMacros.ts';
import { configurationNames, type XcodeBuild, type XcodeChoice, xcodeBuild } from './xcodeBuild.ts';
import { schemesOf } from './xcodeSchemes.ts';
import { xcodeSettings } from './xcodeSettings.ts';

/** The Xcode target that a kext is made of. */
export interface XcodeKext {
  readonly build: XcodeBuild;
  /** SRCROOT. */
  readonly folder: string;
  /** The `*.xcworkspace` that name its project. */
  readonly workspaces: readonly string[];
  /** What can be chosen. */
  readonly configurations: readonly string[];
  readonly architectures: readonly string[];
  readonly sources: TargetSources;
  /** Targets whose products carry a copy of this one's, as a plug-in. */
  readonly insideOf: readonly string[];
  /** As the project's files say them. */
  readonly settings: SettingValues;
  /** As macrosOfAll() has it. */
  readonly macrosOfAll: ReadonlySet<string>;
  /** The files that say how it is built: of the project, of settings, of schemes. */
  readonly readFrom: readonly string[];
}

/** Says how the kext of a target is built; the file is the `*.xcodeproj`. */
export type ChoiceOf = (projectFile: string, target: string) => XcodeChoice;

/** Where kexts are looked for, and what is known before. */
export interface XcodeSearch {
  readonly root: string;
  readonly choiceOf: ChoiceOf;
  /** The `*.xcworkspace` that name a project, by its file. */
  readonly workspaces: ReadonlyMap<string, readonly string[]>;
}

/** The project in a `*.xcodeproj`; undefined where its file cannot be read. */
export async function openXcodeProject(
  folder: string,
  probe: ProjectProbe,
): Promise<XcodeProject | ProjectProblem | undefined> {
  const file = join(folder, 'project.pbxproj');
  const text = await probe.text(file);
  if (text === undefined) return undefined;
  const list = text.trimStart().startsWith('<') ? await parseXml(text, file) : parseOpenStepPropertyList(text, file);
  return 'problem' in list
    ? { problem: `${relative(dirname(folder), file)} ${list.problem}`, position: list.position }
    : readXcodeProject(list);
}

/** Other programs that write project files write them in XML. */
async function parseXml(text: string, file: string) {
  const { parsePropertyList } = await import('../../bundle/propertyList.ts');
  return parsePropertyList(text, file);
}

/** The kexts that a project's targets make, and what is wrong with them. */
export async function xcodeKexts(
  project: XcodeProject,
  search: XcodeSearch,
  probe: ProjectProbe,
): Promise<readonly (FoundKext | ProjectProblem)[]> {
  const found: (FoundKext | ProjectProblem)[] = [];
  for (const target of project.targets) {
    if (isKextTarget(target)) found.push(await kextOf(project, target, search, probe));
  }
  return found;
}

/** The Info.plists of a project's targets that make something else. */
export async function foreignInfoPlists(project: XcodeProject, probe: ProjectProbe): Promise<readonly string[]> {
  const files: string[] = [];
  for (const target of project.targets) {
    if (isKextTarget(target)) continue;
    const settings = await xcodeSettings(project, target, xcodeBuild(project, target, {}), probe);
    files.push(...(infoPlistFile(project, settings) ?? []));
  }
  return files;
}

async function kextOf(
  project: XcodeProject,
  target: XcodeTarget,
  { root, choiceOf, workspaces: naming }: XcodeSearch,
  probe: ProjectProbe,
): Promise<FoundKext | ProjectProblem> {
  const workspaces = naming.get(project.file) ?? [];
  const chosen = xcodeBuild(project, target, choiceOf(project.file, target.name));
  const readFrom = [join(project.file, 'project.pbxproj')];
  const noted = {
    text(path: string) {
      readFrom.push(path);
      return probe.text(path);
    },
  };
  const build = await whereItsSchemeIs(chosen, workspaces, noted);
  const settings = await xcodeSettings(project, target, build, noted);
  const xcode: XcodeKext = {
    build,
    folder: project.folder,
    workspaces,
    configurations: configurationNames(project, target),
    architectures: architecturesOf(settings),
    sources: target.sources,
    insideOf: project.targets.filter(({ embeds }) => embeds.includes(target.name)).map(({ name }) => name),
    settings,
    macrosOfAll: macrosOfAll(project),
    readFrom,
  };
  const [named] = infoPlistFile(project, settings) ?? [];
  const position = target.infoPlistPosition ?? target.position;
  const what = `The target ${target.name} of ${relative(root, project.file)}`;
  if (named === undefined) return { problem: `${what} ${withoutInfoPlist(settings)}`, position };
  const { file, text } = await thereOrTemplate(named, probe);
  if (text === undefined)
    return { problem: `${what} has the Info.plist ${relative(root, named)}, which could not be read.`, position };
  const making = await plistMaking(settings, project.folder, target.sources, path => probe.text(path));
  const read = await readSourcePlist({ file, text, root, making });
  return read === undefined || 'problem' in read
    ? (read ?? { problem: `${what} is no kext.`, position })
    : { root, ...read, xcode };
}

function withoutInfoPlist(settings: SettingValues): string {
  const { text, unknown } = settings.fill('$(INFOPLIST_FILE)');
  if (text === '' || unknown.includes('INFOPLIST_FILE')) return 'has no Info.plist: INFOPLIST_FILE is not set.';
  return `has the Info.plist ${text}, whose place is not known before a build: let INFOPLIST_FILE name one in the project.`;
}

/** The text of an Info.plist; where a script has not made it yet, that of its template. */
async function thereOrTemplate(named: string, probe: Pick<ProjectProbe, 'text'>) {
  for (const file of [named, ...templatesOf(named)]) {
    const text = await probe.text(file);
    if (text !== undefined) return { file, text };
  }
  return { file: named, text: undefined };
}

/** A scheme that a workspace alone has is built by that. */
async function whereItsSchemeIs(
  build: XcodeBuild,
  workspaces: readonly string[],
  probe: Pick<ProjectProbe, 'text'>,
): Promise<XcodeBuild> {
  const { scheme, projectFile } = build;
  if (scheme === undefined || workspaces.length === 0) return build;
  const workspace = (await schemesOf(projectFile, workspaces, probe, scheme)).get(scheme)?.workspace;
  return workspace === undefined ? build : { ...build, workspace };
}

/** The Info.plist that a target's settings name. */
export function infoPlistFile({ folder }: Pick<XcodeProject, 'folder'>, settings: SettingValues): [string] | undefined {
  const named = settings.value('INFOPLIST_FILE');
  if (named === undefined || named === '') return undefined;
  return [isAbsolute(named) ? named : join(folder, named)];
}

function architecturesOf(settings: SettingValues): readonly string[] {
  const named = ['ARCHS', 'VALID_ARCHS'].flatMap(name => settings.value(name)?.split(/\s+/) ?? []);
  return [...new Set([...named, 'x86_64', 'arm64e'])].filter(name => /^[A-Za-z]\w*$/.test(name));
}

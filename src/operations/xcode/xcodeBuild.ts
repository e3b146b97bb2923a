import { dirname } from 'node:path';
import type { XcodeProject, XcodeTarget } from '../../bundle/xcodeProject.ts';

/** What a developer says of how Xcode builds a kext; the rest is as usual. */
export interface XcodeChoice {
  readonly scheme?: string | undefined;
  readonly configuration?: string | undefined;
  /** `x86_64`, or several with blanks between them; else as the project says. */
  readonly architecture?: string | undefined;
}

/** A target of an Xcode project and how it is built. */
export interface XcodeBuild {
  /** The `*.xcodeproj`, absolute. */
  readonly projectFile: string;
  readonly target: string;
  /** Else the target is built by itself. */
  readonly scheme: string | undefined;
  /** The `*.xcworkspace` that has the scheme, absolute; absent where the project has it. */
  readonly workspace?: string | undefined;
  readonly configuration: string;
  readonly architecture: string | undefined;
}

/** The build of a target as it was chosen; Debug where nothing was said that the project has. */
export function xcodeBuild(project: XcodeProject, target: XcodeTarget, choice: XcodeChoice): XcodeBuild {
  const names = configurationNames(project, target);
  const usual = names.includes('Debug') ? 'Debug' : (project.usualConfiguration ?? names[0] ?? 'Debug');
  return {
    projectFile: project.file,
    target: target.name,
    scheme: choice.scheme,
    configuration: names.find(name => name === choice.configuration) ?? usual,
    architecture: isArchitecture(choice.architecture ?? '') ? choice.architecture : undefined,
  };
}

/** The configurations that a target has. */
export function configurationNames(project: XcodeProject, target: XcodeTarget): readonly string[] {
  return [...new Set([...target.configurations, ...project.configurations].map(({ name }) => name))];
}

/** Program and arguments that build it, in the folder of the project. */
export function xcodebuildWords(build: XcodeBuild): readonly string[] {
  return ['xcodebuild', ...selectionWords(build), 'build'];
}

/** The arguments of xcodebuild that say what is meant. */
export function selectionWords({
  projectFile,
  target,
  scheme,
  workspace,
  configuration,
  architecture,
}: XcodeBuild): readonly string[] {
  return [
    ...(workspace === undefined ? ['-project', projectFile] : ['-workspace', workspace]),
    ...(scheme === undefined ? named('-target', target) : named('-scheme', scheme)),
    ...named('-configuration', configuration),
    // Debug builds take one processor's code where they may choose.
    ...(architecture === undefined ? [] : [`ARCHS=${architecture}`, 'ONLY_ACTIVE_ARCH=NO']),
  ];
}

/** @throws RangeError for a name in which xcodebuild could read an option. */
function named(option: string, name: string): readonly string[] {
  if (name.startsWith('-')) throw new RangeError(`${JSON.stringify(name)} is no name for xcodebuild's ${option}`);
  return [option, name];
}

/** Where xcodebuild runs. */
export function xcodeFolder({ projectFile }: Pick<XcodeBuild, 'projectFile'>): string {
  return dirname(projectFile);
}

/** Whether a text can be the names of architectures. */
export function isArchitecture(text: string): boolean {
  return /^[A-Za-z]\w*(?: [A-Za-z]\w*)*$/.test(text);
}

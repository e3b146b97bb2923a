import { basename, dirname, join, relative, sep } from 'node:path';
import { isArchitecture, type XcodeChoice } from '../xcode/xcodeBuild.ts';
import type { ChoiceOf } from '../xcode/xcodeKexts.ts';
import { schemesOf } from '../xcode/xcodeSchemes.ts';
import { readWorkspaces } from '../xcode/xcodeWorkspaces.ts';
import { depthOf, findKexts, isKext, type KextWish, kextsOfXcode } from './findKexts.ts';
import {
  type FoundKext,
  type FoundKexts,
  type KextProject,
  mistakeIn,
  type OpenedWith,
  openKextProject,
  type ProjectProblem,
} from './kextProject.ts';
import { ProjectProbe } from './projectProbe.ts';

/** How an Xcode project is read and built; nothing where there is none. */
export interface XcodeWish extends Pick<OpenedWith, 'xcode'> {
  /** What was said of the build. */
  readonly choice?: XcodeChoice | undefined;
  /** What was said before; counts where nothing is said. */
  readonly choiceOf?: ChoiceOf | undefined;
}

/** How many folders up an Xcode project is looked for, whose kext lies in the folder. */
const farthest = 2;

/**
 * Finds the one kext project in `folder`, or in a `*.xcodeproj` or `*.xcworkspace`: that of the Info.plist nearest to it, and of the scheme that is
 * chosen. It is built by `buildCommand` or, where that is empty, by Xcode or make. Several that are equally near are a problem.
 */
export async function findKextProject(
  folder: string,
  buildCommand: readonly string[],
  signal: AbortSignal,
  { xcode, choice = {}, choiceOf }: XcodeWish = {},
): Promise<KextProject | ProjectProblem> {
  if (choice.architecture !== undefined && !isArchitecture(choice.architecture))
    return { problem: `${JSON.stringify(choice.architecture)} names no architecture, as x86_64 does.` };
  const { kexts, problems } = await kextsFor(folder, {
    buildCommand,
    choiceOf: (...kext) => ({ ...choiceOf?.(...kext), ...said(choice) }),
  });
  const wanted = await ofScheme(kexts, choice.scheme);
  if ('problem' in wanted) return wanted;
  const [nearest] = wanted;
  if (nearest === undefined) return problems[0] ?? { problem: noKextIn(folder) };
  const equal = wanted.filter(each => depthOf(each.infoPlist.file) === depthOf(nearest.infoPlist.file));
  if (equal.length > 1) return { problem: severalIn(folder, equal) };
  const lacking = lackingChoice(nearest, choice);
  if (lacking !== undefined) return lacking;
  const others = kexts.filter(each => each !== nearest);
  const project = await openKextProject(nearest, others, { buildCommand, xcode }, signal);
  return mistakeIn(project) ?? project;
}

function said(choice: XcodeChoice): XcodeChoice {
  return Object.fromEntries(Object.entries(choice).filter(([, value]) => value !== undefined));
}

/** The kexts in the folder; where no Xcode project is in it, also those of one above it whose Info.plist lies in the folder. */
async function kextsFor(folder: string, wish: KextWish): Promise<Pick<FoundKexts, 'kexts' | 'problems'>> {
  if (folder.endsWith('.xcworkspace')) {
    const found = await findKexts(dirname(folder), wish);
    return { ...found, kexts: found.kexts.filter(({ xcode }) => xcode?.workspaces.includes(folder)) };
  }
  if (folder.endsWith('.xcodeproj')) {
    const found = await findKexts(dirname(folder), wish);
    return { ...found, kexts: found.kexts.filter(({ xcode }) => xcode?.build.projectFile === folder) };
  }
  const found = await findKexts(folder, wish);
  if (found.kexts.some(({ xcode }) => xcode !== undefined)) return found;
  const above = await kextsAbove(folder, wish);
  const files = new Set(above.map(({ infoPlist }) => infoPlist.file));
  const others = found.kexts.filter(({ infoPlist }) => !files.has(infoPlist.file));
  return {
    ...found,
    kexts: [...above, ...others].sort((a, b) => depthOf(a.infoPlist.file) - depthOf(b.infoPlist.file)),
  };
}

async function kextsAbove(folder: string, { choiceOf = () => ({}) }: KextWish): Promise<readonly FoundKext[]> {
  const probe = new ProjectProbe();
  let above = folder;
  for (let up = 0; up < farthest; up += 1) {
    above = dirname(above);
    const names = (await probe.entries(above)).map(({ name }) => name);
    const ending = (end: string) => names.filter(name => name.endsWith(end)).map(name => join(above, name));
    const { naming } = await readWorkspaces(ending('.xcworkspace'), above, probe);
    const projects = [...new Set([...ending('.xcodeproj'), ...naming.keys()])];
    const kexts = await kextsOfXcode(projects, { root: above, choiceOf, workspaces: naming }, probe);
    const own = kexts.filter(isKext).filter(({ infoPlist }) => infoPlist.file.startsWith(`${folder}${sep}`));
    if (own.length > 0) return own;
  }
  return [];
}

/** Those that a scheme builds, where one is named. */
async function ofScheme(
  kexts: readonly FoundKext[],
  scheme: string | undefined,
): Promise<readonly FoundKext[] | ProjectProblem> {
  if (scheme === undefined) return kexts;
  const probe = new ProjectProbe();
  const wanted: FoundKext[] = [];
  for (const kext of kexts) {
    const build = kext.xcode?.build;
    const inFiles = build && (await schemesOf(build.projectFile, kext.xcode?.workspaces ?? [], probe, scheme));
    const targets = inFiles?.get(scheme)?.targets;
    if (build === undefined || !(targets ?? [scheme]).includes(build.target)) continue;
    wanted.push(targets === undefined ? withoutScheme(kext) : kext);
  }
  return wanted.length > 0 ? wanted : { problem: `No kext here is built by a scheme ${JSON.stringify(scheme)}.` };
}

/** Xcode may make a scheme of a target's name: where the files have none, the target by itself comes to the same. */
function withoutScheme(kext: FoundKext): FoundKext {
  const { xcode } = kext;
  return xcode === undefined ? kext : { ...kext, xcode: { ...xcode, build: { ...xcode.build, scheme: undefined } } };
}

function lackingChoice({ xcode }: FoundKext, { configuration, architecture }: XcodeChoice): ProjectProblem | undefined {
  if (xcode === undefined) {
    const named = configuration ?? architecture;
    return named === undefined ? undefined : { problem: `There is no ${named}: no Xcode project builds this kext.` };
  }
  const { configurations, build } = xcode;
  if (configuration === undefined || configurations.includes(configuration)) return undefined;
  return {
    problem: `${build.target} has no configuration ${JSON.stringify(configuration)}; it has ${configurations.join(', ')}.`,
  };
}

function noKextIn(folder: string): string {
  return `No kext project in ${folder} or up to two folders down: no Info.plist with the CFBundlePackageType KEXT was found there, and no Xcode target of a kext.`;
}

function severalIn(folder: string, kexts: readonly FoundKext[]): string {
  const names = kexts.map(({ infoPlist, xcode }) => {
    const made = xcode === undefined ? '' : ` (${xcode.build.target} of ${basename(xcode.build.projectFile)})`;
    return `${infoPlist.bundleIdentifier} in ${relative(folder, infoPlist.file)}${made}`;
  });
  const byScheme = kexts.some(({ xcode }) => xcode !== undefined) ? ', or its scheme' : '';
  return `${folder} has ${kexts.length} kexts. Name the folder of one of them${byScheme}:\n  ${names.join('\n  ')}`;
}

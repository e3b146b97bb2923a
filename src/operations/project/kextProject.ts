import { dirname, sep } from 'node:path';
import type { InfoPlist } from '../../bundle/infoPlist.ts';
import type { TargetSources } from '../../bundle/xcodeFiles.ts';
import type { SourcePosition } from '../../model/sourcePosition.ts';
import type { ClassDeclaration } from '../../source/classDeclarations.ts';
import type { KnownMacros } from '../../source/conditions.ts';
import { type XcodeBuild, xcodebuildWords, xcodeFolder } from '../xcode/xcodeBuild.ts';
import type { XcodeKext } from '../xcode/xcodeKexts.ts';
import { askXcode, type XcodeQuestions } from '../xcode/xcodeQuestions.ts';
import { readDeclarations } from './declarations.ts';
import { identifierOfProduct } from './identifierOfProduct.ts';
import { kextKey } from './kextKey.ts';
import { rememberedAs } from './rememberedAs.ts';

/** A folder with the source of one kext. */
export interface KextProject {
  /** As kextKey has it. */
  readonly key: string;
  /** As rememberedAs() has it: what its record, journal, shelf and lock on a target go by. */
  readonly rememberedAs: string;
  /** Absolute; the build command runs here. */
  readonly folder: string;
  /** Folders below it with the sources of other kexts. */
  readonly otherKexts: readonly string[];
  /** What of them is compiled for the kext, where a project file says it. */
  readonly sources?: TargetSources | undefined;
  /** What is known of the macros that the build gives the compiler, where a project file says it. */
  readonly defines?: KnownMacros | undefined;
  /** Of the source, not of a product. What refers to build settings is filled in as far as they are known. */
  readonly infoPlist: InfoPlist;
  /** As the product has it, or had it last; where none was ever seen, as it is written, with references to build settings. */
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
  /** The target that makes it; undefined where it is built by something else than Xcode's project. */
  readonly xcode?: ProjectOfXcode | undefined;
}

/** The Xcode target of a kext project. */
export interface ProjectOfXcode extends XcodeBuild {
  /** Xcode builds it; otherwise a command that was set, or make where no Xcode runs. */
  readonly builds: boolean;
  /** The bundle that Xcode says it makes; undefined where no Xcode answered. */
  readonly product: string | undefined;
  /** What the bundle is called, as far as the project's files say it. */
  readonly productName: string | undefined;
}

/** Why a folder is no kext project: one sentence, and the place of the mistake where there is one. */
export interface ProjectProblem {
  readonly problem: string;
  readonly position?: SourcePosition;
}

/** A kext whose Info.plist was found, before its sources are read. */
export interface FoundKext {
  /** Absolute: where was looked for it. */
  readonly root: string;
  readonly infoPlist: InfoPlist;
  readonly identifierPosition: SourcePosition | undefined;
  /** The folder with the Makefile that builds it. */
  readonly makeFolder?: string | undefined;
  /** The Xcode target that makes it. */
  readonly xcode?: XcodeKext | undefined;
}

/** The kexts of a folder. */
export interface FoundKexts {
  /** The nearest to the folder first. */
  readonly kexts: readonly FoundKext[];
  /** What is wrong with an Info.plist that might be another one's. */
  readonly problems: readonly ProjectProblem[];
  /** False where the folder holds too much to look at all of it. */
  readonly complete: boolean;
}

/** How a kext that was found is opened. */
export interface OpenedWith {
  /** Program and arguments; empty where none are set. */
  readonly buildCommand: readonly string[];
  /** Asks Xcode; absent where nothing may run. */
  readonly xcode?: XcodeQuestions | undefined;
}

/**
 * Reads the sources of a kext that was found; `others` are those that were found beside it. Where an Xcode runs, its answer
 * takes the place of what the project's files say. Mistakes that it brings to light are in the Info.plist's problems.
 */
export async function openKextProject(
  kext: FoundKext,
  others: readonly FoundKext[],
  { buildCommand, xcode }: OpenedWith,
  signal: AbortSignal,
): Promise<KextProject> {
  const told = await askXcode(kext, xcode, signal);
  const { infoPlist, identifierPosition } = told.kext;
  const unread = { ...unreadProject(kext, others), infoPlist, identifierPosition, defines: told.defines };
  const declarations = await readDeclarations(unread, signal);
  const classes = declarations.map(({ name }) => name);
  const byMake = kext.xcode === undefined || (told.missing && kext.makeFolder !== undefined);
  const usual = kext.xcode === undefined || byMake ? ['make'] : xcodebuildWords(kext.xcode.build);
  const builds = !byMake && buildCommand.length === 0;
  return {
    ...unread,
    bundleIdentifier: await identifierOfProduct({ ...unread, classes }),
    version: infoPlist.version ?? '',
    declarations,
    classes,
    buildCommand: buildCommand.length > 0 ? buildCommand : usual,
    xcode: kext.xcode && { ...kext.xcode.build, builds, product: told.product, productName: told.productName },
  };
}

/** A kext that was found as its Info.plist has it, without its sources: nothing of it is built. */
export function unreadProject(kext: FoundKext, others: readonly FoundKext[]): KextProject {
  const { infoPlist, identifierPosition } = kext;
  return {
    key: kextKey(kext),
    rememberedAs: rememberedAs(kext),
    folder: folderOf(kext),
    otherKexts: foldersOf(kext, others),
    sources: kext.xcode?.sources,
    infoPlist,
    bundleIdentifier: infoPlist.bundleIdentifier ?? '',
    version: infoPlist.version ?? '',
    identifierPosition,
    declarations: [],
    classes: [],
    buildCommand: [],
  };
}

/** What is wrong with the Info.plist of a project that was opened. */
export function mistakeIn({ infoPlist }: Pick<KextProject, 'infoPlist'>): ProjectProblem | undefined {
  const [mistake] = infoPlist.problems;
  return mistake === undefined ? undefined : { problem: mistake.message, position: mistake.position };
}

/** The folder of its project: where it is built. */
export function folderOf({ root, makeFolder, xcode }: FoundKext): string {
  return xcode === undefined ? (makeFolder ?? root) : xcodeFolder(xcode.build);
}

/** The folders below the kext's own with sources of others, and of others alone. */
function foldersOf(kext: FoundKext, others: readonly FoundKext[]): readonly string[] {
  const [folder, own] = [folderOf(kext), dirname(kext.infoPlist.file)];
  const { files = [], folders = [] } = kext.xcode?.sources ?? {};
  const holdsOwn = (other: string) => [...files, ...folders].some(file => isBelow(file, other));
  const there = others.map(other => dirname(other.infoPlist.file));
  return [...new Set(there)].filter(
    other => isBelow(other, folder) && other !== own && !isBelow(own, other) && !holdsOwn(other),
  );
}

function isBelow(inner: string, outer: string): boolean {
  return inner.startsWith(`${outer}${sep}`);
}

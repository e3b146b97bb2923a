import { basename, dirname, join } from 'node:path';
import type { SourcePosition } from '../model/sourcePosition.ts';
import type { PropertyList } from './propertyList.ts';
import { layerOf, type SettingLayer } from './settingLayer.ts';
import { filePaths, type TargetSources, targetSources } from './xcodeFiles.ts';
import { dict, text, valuePosition, type XcodeObject, XcodeObjects } from './xcodeObjects.ts';

/** The settings of a project or a target in one of its configurations. */
export interface XcodeConfiguration {
  readonly name: string;
  readonly settings: SettingLayer;
  /** The xcconfig file that lies below them. */
  readonly basedOn: string | undefined;
}

/** A target of a project. */
export interface XcodeTarget {
  readonly name: string;
  /** `com.apple.product-type.kernel-extension`; undefined for one that makes no product itself. */
  readonly productType: string | undefined;
  readonly position: SourcePosition;
  readonly configurations: readonly XcodeConfiguration[];
  /** Where it says which Info.plist it has, the first time. */
  readonly infoPlistPosition: SourcePosition | undefined;
  readonly sources: TargetSources;
  /** Names of targets whose products are copied into its own. */
  readonly embeds: readonly string[];
}

/** What a project file says. */
export interface XcodeProject {
  /** The `*.xcodeproj`. */
  readonly file: string;
  readonly name: string;
  /** SRCROOT: what paths in it are relative to. */
  readonly folder: string;
  readonly configurations: readonly XcodeConfiguration[];
  /** The configuration that xcodebuild takes where none is named. */
  readonly usualConfiguration: string | undefined;
  readonly developmentRegion: string | undefined;
  readonly targets: readonly XcodeTarget[];
}

const kextType = /^com\.apple\.product-type\.kernel-extension(?:\.iokit)?$/;

/** Whether a target makes a kext. */
export function isKextTarget({ productType }: Pick<XcodeTarget, 'productType'>): boolean {
  return productType !== undefined && kextType.test(productType);
}

/** True for the text of a project file that may have such a target: it costs less than reading it. */
export function mayHaveKextTarget(text: string): boolean {
  return text.includes('com.apple.product-type.kernel-extension');
}

/** Reads the project in `list`, the property list of a `*.xcodeproj/project.pbxproj`. What is not there is left out. */
export function readXcodeProject(list: PropertyList): XcodeProject {
  const objects = new XcodeObjects(list);
  const file = dirname(list.file);
  const folder = join(dirname(file), text(objects.root?.members, 'projectDirPath') ?? '');
  const paths = filePaths(objects, folder);
  const makers = productMakers(objects);
  const { configurations, usual } = configurationsOf(objects, objects.root, paths);
  return {
    file,
    name: basename(file, '.xcodeproj'),
    folder,
    configurations,
    usualConfiguration: usual,
    developmentRegion: text(objects.root?.members, 'developmentRegion'),
    targets: objects.listed(objects.root, 'targets').map(target => targetOf(objects, target, paths, makers)),
  };
}

function targetOf(
  objects: XcodeObjects,
  target: XcodeObject,
  paths: ReadonlyMap<string, string>,
  makers: ReadonlyMap<string, string>,
): XcodeTarget {
  const { members } = target;
  return {
    name: text(members, 'name') ?? '',
    productType: text(members, 'productType'),
    position: valuePosition(members, 'name') ?? members.position,
    configurations: configurationsOf(objects, target, paths).configurations,
    infoPlistPosition: objects
      .listed(objects.at(target, 'buildConfigurationList'), 'buildConfigurations')
      .map(each => valuePosition(dict(each.members, 'buildSettings'), 'INFOPLIST_FILE'))
      .find(position => position !== undefined),
    sources: targetSources(objects, target, paths),
    embeds: embedded(objects, target, makers),
  };
}

function configurationsOf(
  objects: XcodeObjects,
  owner: XcodeObject | undefined,
  paths: ReadonlyMap<string, string>,
): { readonly configurations: readonly XcodeConfiguration[]; readonly usual: string | undefined } {
  const list = objects.at(owner, 'buildConfigurationList');
  const configurations = objects.listed(list, 'buildConfigurations').map(({ members }) => ({
    name: text(members, 'name') ?? '',
    settings: layerOf(settingsIn(members)),
    basedOn: basedOn(members, paths),
  }));
  return { configurations, usual: text(list?.members, 'defaultConfigurationName') ?? configurations[0]?.name };
}

/** A file of its own, or one in a folder that Xcode 16 and later keeps in step with the disk. */
function basedOn(members: XcodeObject['members'], paths: ReadonlyMap<string, string>): string | undefined {
  const file = paths.get(text(members, 'baseConfigurationReference') ?? '');
  const folder = paths.get(text(members, 'baseConfigurationReferenceAnchor') ?? '');
  const below = text(members, 'baseConfigurationReferenceRelativePath');
  return file ?? (folder === undefined || below === undefined ? undefined : join(folder, below));
}

/** A list of texts is one setting, its items with blanks between them. */
function settingsIn(members: XcodeObject['members']): readonly (readonly [string, string])[] {
  const settings: [string, string][] = [];
  for (const { key, value } of dict(members, 'buildSettings')?.entries.values() ?? []) {
    if (value.kind === 'string') settings.push([key, value.value]);
    if (value.kind === 'array')
      settings.push([key, value.items.flatMap(item => (item.kind === 'string' ? [item.value] : [])).join(' ')]);
  }
  return settings;
}

/** The names of targets by the product that they make. */
function productMakers(objects: XcodeObjects): ReadonlyMap<string, string> {
  const named = objects
    .listed(objects.root, 'targets')
    .map(({ members }) => [text(members, 'productReference') ?? '', text(members, 'name') ?? ''] as const);
  return new Map(named);
}

/** The targets whose products a copy phase of this one copies. */
function embedded(objects: XcodeObjects, target: XcodeObject, makers: ReadonlyMap<string, string>): readonly string[] {
  const copied = objects
    .listed(target, 'buildPhases')
    .filter(({ isa }) => isa === 'PBXCopyFilesBuildPhase')
    .flatMap(phase => objects.listed(phase, 'files'))
    .flatMap(file => makers.get(text(file.members, 'fileRef') ?? '') ?? []);
  return [...new Set(copied)];
}

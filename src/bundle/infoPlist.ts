import type { SourcePosition } from '../model/sourcePosition.ts';
import { type InfoPlistExpectations, type InfoPlistProblem, infoPlistProblems } from './infoPlistProblems.ts';
import type { PropertyList } from './propertyList.ts';
import type { DictEntry, DictNode, PropertyListNode } from './propertyListNode.ts';

/** One member of IOKitPersonalities. A key is undefined where it is missing or no string. */
export interface Personality {
  readonly name: string;
  /** The name's `<key>`. */
  readonly position: SourcePosition;
  /** The libkern class that is instantiated when it matches. */
  readonly ioClass: string | undefined;
  /** Its `<key>`. */
  readonly ioClassPosition: SourcePosition | undefined;
  readonly ioProviderClass: string | undefined;
  readonly ioUserClientClass: string | undefined;
  readonly ioMatchCategory: string | undefined;
  readonly bundleIdentifier: string | undefined;
}

/**
 * What an Info.plist says about its kext. Values are as written: those of a project may refer to build settings (see
 * buildSettings); a value is undefined where it is missing or of another type, which `problems` then says.
 */
export interface InfoPlist {
  readonly file: string;
  readonly bundleIdentifier: string | undefined;
  readonly version: string | undefined;
  /** CFBundleExecutable. */
  readonly executable: string | undefined;
  /** CFBundlePackageType: `KEXT` in a kext. */
  readonly packageType: string | undefined;
  /** OSBundleLibraries: bundle identifier to the version that is asked for. */
  readonly libraries: ReadonlyMap<string, string>;
  /** The `<key>` of OSBundleLibraries, and of each library in it. */
  readonly librariesPosition: SourcePosition | undefined;
  readonly libraryPositions: ReadonlyMap<string, SourcePosition>;
  readonly personalities: readonly Personality[];
  /** The `<key>` of OSBundleAllowUserTerminate. */
  readonly allowUserTerminatePosition: SourcePosition | undefined;
  /** True when KextDevCrossBuilt is set: built without Apple's SDK, for the Simulated Mac alone. */
  readonly crossBuilt: boolean;
  readonly problems: readonly InfoPlistProblem[];
}

/** The facts of a kext's Info.plist. */
export function readInfoPlist(list: PropertyList, expectations: InfoPlistExpectations): InfoPlist {
  return {
    file: list.file,
    bundleIdentifier: stringAt(list.root, 'CFBundleIdentifier'),
    version: stringAt(list.root, 'CFBundleVersion'),
    executable: stringAt(list.root, 'CFBundleExecutable'),
    packageType: stringAt(list.root, 'CFBundlePackageType'),
    libraries: libraries(list.root),
    librariesPosition: keyPosition(list, ['OSBundleLibraries']),
    libraryPositions: new Map(
      [...(dictAt(list.root, 'OSBundleLibraries')?.entries ?? [])].map(([key, entry]) => [key, entry.keyPosition]),
    ),
    personalities: personalities(list.root),
    allowUserTerminatePosition: keyPosition(list, ['OSBundleAllowUserTerminate']),
    crossBuilt: isTrue(member(list.root, 'KextDevCrossBuilt')),
    problems: infoPlistProblems(list, expectations),
  };
}

/** Where the key at the end of `path` stands; undefined when there is no such key. An empty path is the whole list. */
export function keyPosition(list: PropertyList, path: readonly string[]): SourcePosition | undefined {
  let node: PropertyListNode | undefined = list.root;
  let position: SourcePosition | undefined = list.root.position;
  for (const key of path) {
    const entry: DictEntry | undefined = node?.kind === 'dict' ? node.entries.get(key) : undefined;
    position = entry?.keyPosition;
    node = entry?.value;
  }
  return position;
}

function libraries(root: PropertyListNode): Map<string, string> {
  const found = new Map<string, string>();
  for (const { key, value } of dictAt(root, 'OSBundleLibraries')?.entries.values() ?? []) {
    if (value.kind === 'string') found.set(key, value.value);
  }
  return found;
}

function personalities(root: PropertyListNode): Personality[] {
  const found: Personality[] = [];
  for (const { key, keyPosition: position, value } of dictAt(root, 'IOKitPersonalities')?.entries.values() ?? []) {
    if (value.kind !== 'dict') continue;
    found.push({
      name: key,
      position,
      ioClass: stringAt(value, 'IOClass'),
      ioClassPosition: value.entries.get('IOClass')?.keyPosition,
      ioProviderClass: stringAt(value, 'IOProviderClass'),
      ioUserClientClass: stringAt(value, 'IOUserClientClass'),
      ioMatchCategory: stringAt(value, 'IOMatchCategory'),
      bundleIdentifier: stringAt(value, 'CFBundleIdentifier'),
    });
  }
  return found;
}

function member(node: PropertyListNode, key: string): PropertyListNode | undefined {
  return node.kind === 'dict' ? node.entries.get(key)?.value : undefined;
}

function stringAt(node: PropertyListNode, key: string): string | undefined {
  const value = member(node, key);
  return value?.kind === 'string' ? value.value : undefined;
}

function dictAt(node: PropertyListNode, key: string): DictNode | undefined {
  const value = member(node, key);
  return value?.kind === 'dict' ? value : undefined;
}

/** A cross-built kext must never reach a Mac, so every value that somebody could mean as "yes" is one. */
function isTrue(node: PropertyListNode | undefined): boolean {
  if (node?.kind === 'boolean') return node.value;
  if (node?.kind === 'string') return !/^(no|false|0|)$/i.test(node.value.trim());
  return node?.kind === 'integer' && node.value !== 0n;
}

import { isKextIdentifier } from '../model/kext.ts';
import type { SourcePosition } from '../model/sourcePosition.ts';
import { buildSettings } from './buildSettings.ts';
import { parsesAsKextVersion } from './kextVersion.ts';
import type { PropertyList } from './propertyList.ts';
import type { DictEntry, DictNode, PropertyListNode } from './propertyListNode.ts';

/** A mistake in an Info.plist: what was found, what was expected, and where. */
export interface InfoPlistProblem {
  /** The key and those above it: `['IOKitPersonalities', 'Foo', 'IOClass']`. */
  readonly path: readonly string[];
  /** One sentence with the key in it. */
  readonly message: string;
  readonly position: SourcePosition;
}

/** What is known of a list beside what it says. */
export interface InfoPlistExpectations {
  /** The kext has code, so it has to name its executable. */
  readonly codeExpected: boolean;
  /** A build adds keys: none is missing. */
  readonly keysAdded?: boolean;
}

/** Bundle identifiers and versions of kexts are kept in 64 bytes with the closing zero (KMOD_MAX_NAME). */
const longest = 63;

const tags: Readonly<Record<PropertyListNode['kind'], string>> = {
  string: '<string>',
  integer: '<integer>',
  real: '<real>',
  boolean: '<true/> or <false/>',
  data: '<data>',
  date: '<date>',
  array: '<array>',
  dict: '<dict>',
};

/**
 * Mistakes for which kextutil(8) and the kernel refuse a kext: required keys that are missing, of an illegal type or of
 * an illegal value (OSKext.c, __OSKextValidate). A value that refers to a build setting is judged only by its type, unless the
 * setting was filled in; then the message also says what was written.
 */
export function infoPlistProblems(
  list: PropertyList,
  { codeExpected, keysAdded = false }: InfoPlistExpectations,
): readonly InfoPlistProblem[] {
  const { root } = list;
  if (root.kind !== 'dict') {
    const message = `The property list is an ${tags[root.kind]}; expected a <dict>.`.replace(/an (<[^aio])/, 'a $1');
    return [{ path: [], message, position: root.position }];
  }
  const check = new Check(root, keysAdded);
  check.identifier();
  check.version();
  check.packageType();
  if (codeExpected) check.string(root, [], 'CFBundleExecutable', 'the name of the file in Contents/MacOS');
  else check.optional(root, [], 'CFBundleExecutable', 'string');
  check.libraries(codeExpected || root.entries.has('CFBundleExecutable'));
  check.personalities();
  return check.problems;
}

class Check {
  readonly problems: InfoPlistProblem[] = [];
  readonly #root: DictNode;
  readonly #keysAdded: boolean;

  constructor(root: DictNode, keysAdded: boolean) {
    this.#root = root;
    this.#keysAdded = keysAdded;
  }

  identifier(): void {
    const value = this.string(this.#root, [], 'CFBundleIdentifier', "the kext's name such as com.example.driver.Foo");
    this.#length('CFBundleIdentifier', value);
    if (value === undefined || isKextIdentifier(value)) return;
    const expected = 'letters (A to Z), digits, dots, hyphens and underscores, as in com.example.driver.Foo';
    const why = 'the tools could neither list nor unload a kext of that name';
    this.#add(['CFBundleIdentifier'], `CFBundleIdentifier is ${JSON.stringify(value)}; expected ${expected}: ${why}.`);
  }

  version(): void {
    const value = this.string(this.#root, [], 'CFBundleVersion', 'a version such as 1.0.0');
    this.#length('CFBundleVersion', value);
    if (value === undefined || parsesAsKextVersion(value)) return;
    const expected = 'up to three numbers (at most 4, 2 and 2 digits) and a stage such as d1, b2 or fc3';
    this.#add(['CFBundleVersion'], `CFBundleVersion is ${JSON.stringify(value)}; expected ${expected}.`);
  }

  packageType(): void {
    const value = this.string(this.#root, [], 'CFBundlePackageType', 'KEXT');
    if (value === undefined || value === 'KEXT') return;
    this.#add(['CFBundlePackageType'], `CFBundlePackageType is ${JSON.stringify(value)}; a kernel extension has KEXT.`);
  }

  libraries(hasCode: boolean): void {
    const path = ['OSBundleLibraries'];
    const entry = hasCode
      ? this.#required(this.#root, [], 'OSBundleLibraries', 'dict', 'the libraries that the code links against')
      : this.optional(this.#root, [], 'OSBundleLibraries', 'dict');
    if (entry?.value.kind !== 'dict') return;
    for (const { key } of entry.value.entries.values()) {
      const version = this.string(entry.value, path, key, 'the version that is needed, such as 16.7');
      if (version === undefined || parsesAsKextVersion(version)) continue;
      const message = `OSBundleLibraries asks for version ${JSON.stringify(version)} of ${key}; expected a version such as 16.7.`;
      this.#add([...path, key], message);
    }
  }

  personalities(): void {
    const entry = this.optional(this.#root, [], 'IOKitPersonalities', 'dict');
    if (entry?.value.kind !== 'dict') return;
    for (const { key } of entry.value.entries.values()) {
      const path = ['IOKitPersonalities', key];
      const personality = this.optional(entry.value, ['IOKitPersonalities'], key, 'dict')?.value;
      if (personality?.kind !== 'dict') continue;
      this.string(personality, path, 'IOClass', 'the class to instantiate');
      this.string(personality, path, 'IOProviderClass', 'the class of the object to match');
      this.optional(personality, path, 'IOUserClientClass', 'string');
    }
  }

  /** The value of a required string that refers to no build setting; otherwise undefined, with a problem unless it does. */
  string(dict: DictNode, path: readonly string[], key: string, expected: string): string | undefined {
    const value = this.#required(dict, path, key, 'string', expected)?.value;
    if (value?.kind !== 'string' || value.unknown || buildSettings(value.value).length > 0) return undefined;
    if (value.value !== '') return value.value;
    this.#add([...path, key], `${key} is empty; expected ${expected}.`);
    return undefined;
  }

  optional(
    dict: DictNode,
    path: readonly string[],
    key: string,
    kind: PropertyListNode['kind'],
  ): DictEntry | undefined {
    const entry = dict.entries.get(key);
    if (entry === undefined || entry.value.kind === kind) return entry;
    this.#add([...path, key], `${key} is ${tags[entry.value.kind]}; expected ${tags[kind]}.`);
    return undefined;
  }

  #required(
    dict: DictNode,
    path: readonly string[],
    key: string,
    kind: PropertyListNode['kind'],
    expected: string,
  ): DictEntry | undefined {
    if (dict.entries.has(key)) return this.optional(dict, path, key, kind);
    if (this.#keysAdded) return undefined;
    const where = path.length === 0 ? '' : ` in ${path.join('.')}`;
    this.#add([...path, key], `${key} is missing${where}; expected ${tags[kind]} with ${expected}.`);
    return undefined;
  }

  #length(key: string, value: string | undefined): void {
    if (value === undefined || Buffer.byteLength(value) <= longest) return;
    const message = `${key} is ${Buffer.byteLength(value)} bytes long; the kernel takes at most ${longest}.`;
    this.#add([key], message);
  }

  #add(path: readonly string[], message: string): void {
    const written = writtenAt(this.#root, path);
    const origin = written === undefined ? '' : ` It is written ${written.replace(/\s+/g, ' ').trim()}.`;
    this.problems.push({ path, message: `${message}${origin}`, position: nearestPosition(this.#root, path) });
  }
}

/** What stands in the file for a value that was filled in from build settings. */
function writtenAt(root: DictNode, path: readonly string[]): string | undefined {
  let node: PropertyListNode | undefined = root;
  for (const key of path) node = node?.kind === 'dict' ? node.entries.get(key)?.value : undefined;
  return node?.kind === 'string' && node.written !== node.value ? node.written : undefined;
}

/** The place of the key at the end of `path`; where that is missing, of what should hold it. */
function nearestPosition(root: DictNode, path: readonly string[]): SourcePosition {
  let position = root.position;
  let node: PropertyListNode | undefined = root;
  for (const key of path) {
    const entry: DictEntry | undefined = node?.kind === 'dict' ? node.entries.get(key) : undefined;
    if (entry === undefined) break;
    position = entry.keyPosition;
    node = entry.value;
  }
  return position;
}

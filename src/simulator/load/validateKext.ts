import { kextVersionOrder } from '../../bundle/kextVersion.ts';
import type { DictNode } from '../../bundle/propertyListNode.ts';
import { type InstalledKext, runningSlice } from './installedKext.ts';
import type { KextDiagnostics } from './kextDiagnostics.ts';
import { checkProperty, illegalValue, missingProperty } from './propertyCheck.ts';

/** KMOD_MAX_NAME, in bytes with the closing zero. */
const longest = 64;
const bootLevels = ['Root', 'Local-Root', 'Network-Root', 'Safe Boot', 'Console'];
const booleans = ['OSBundleIsInterface', 'OSKernelResource', 'OSBundleAllowUserLoad', 'OSBundleEnableKextLogging'];

/** What the kext library says of an executable that is no kext's. */
export const badExecutable =
  "Executable file doesn't contain kernel extension code (no kmod_info symbol or bad Mach-O layout).";
const executableMissing = "Kext has a CFBundleExecutable property but the executable can't be found";
const noIdentifier =
  "Personality has no CFBundleIdentifier; the kext's identifier will be inserted when sending to the IOCatalogue";
const matchesIOResources =
  'Personality matches on IOResources but IOMatchCategory is missing or not equal to its IOClass; driver may be blocked from matching or may block others';

/** Info.plist and executable, judged as kextload(8) and kextutil(8) do before anything is sent to the kernel. */
export function validateKext(kext: InstalledKext, found: KextDiagnostics): void {
  const { root } = kext.propertyList;
  if (root.kind !== 'dict') return;
  validateIdentity(root, found);
  checkProperty(root, ['OSBundleRequired'], { kind: 'string', legal: bootLevels }, found);
  for (const key of booleans) checkProperty(root, [key], { kind: 'boolean' }, found);
  validateLibraries(root, kext.executable !== undefined, found);
  validatePersonalities(root, found);
  validateExecutable(kext, found);
}

function validateIdentity(root: DictNode, found: KextDiagnostics): void {
  const given = { kind: 'string', required: true, nonempty: true } as const;
  checkProperty(root, ['CFBundlePackageType'], { ...given, legal: ['KEXT', 'DEXT'] }, found);
  checkProperty(root, ['CFBundleExecutable'], { kind: 'string', nonempty: true }, found);
  const names = ['CFBundleIdentifier', 'CFBundleVersion'].map(key => checkProperty(root, [key], given, found));
  if (names.some(name => name?.kind === 'string' && Buffer.byteLength(name.value) >= longest))
    found.add('Validation Failures', 'CFBundleIdentifier and CFBundleVersion must be < 64 characters.');
  const current = validateVersion(root, 'CFBundleVersion', found);
  checkProperty(root, ['OSBundleCompatibleVersion'], { kind: 'string', nonempty: true }, found);
  const compatible = validateVersion(root, 'OSBundleCompatibleVersion', found);
  if (current !== undefined && compatible !== undefined && compatible > current)
    found.add('Validation Failures', 'Compatible version must be lower than current version.');
}

function validateVersion(root: DictNode, key: string, found: KextDiagnostics): number | undefined {
  const value = root.entries.get(key)?.value;
  if (value?.kind !== 'string' || value.value === '') return undefined;
  const order = kextVersionOrder(value.value);
  if (order === undefined) found.add('Validation Failures', illegalValue, key);
  return order;
}

function validateLibraries(root: DictNode, hasCode: boolean, found: KextDiagnostics): void {
  const key = 'OSBundleLibraries';
  const libraries = checkProperty(root, [key], { kind: 'dict', required: hasCode }, found);
  if (libraries?.kind !== 'dict') return;
  if (hasCode && libraries.entries.size === 0) found.add('Validation Failures', missingProperty, key);
  for (const library of libraries.entries.keys()) {
    const path = [key, library];
    const version = checkProperty(libraries, path, { kind: 'string', required: true, nonempty: true }, found);
    if (version?.kind === 'string' && kextVersionOrder(version.value) === undefined)
      found.add('Validation Failures', illegalValue, path.join('.'));
  }
}

function validatePersonalities(root: DictNode, found: KextDiagnostics): void {
  const key = 'IOKitPersonalities';
  const personalities = checkProperty(root, [key], { kind: 'dict' }, found);
  if (personalities?.kind !== 'dict') return;
  for (const name of personalities.entries.keys()) {
    const path = [key, name];
    const personality = checkProperty(personalities, path, { kind: 'dict' }, found);
    if (personality?.kind === 'dict') validatePersonality(personality, path, found);
  }
}

function validatePersonality(personality: DictNode, path: readonly string[], found: KextDiagnostics): void {
  const string = (key: string, required: boolean) => {
    const expected = { kind: 'string', required, nonempty: required } as const;
    const value = checkProperty(personality, [...path, key], expected, found);
    return value?.kind === 'string' ? value.value : undefined;
  };
  const name = path.at(-1) ?? '';
  if (!personality.entries.has('CFBundleIdentifier')) found.add('Warnings', noIdentifier, name);
  else string('CFBundleIdentifier', false);
  const ioClass = string('IOClass', true);
  if (string('IOProviderClass', true) === 'IOResources') {
    const category = string('IOMatchCategory', false);
    if (category === undefined || (ioClass !== undefined && category !== ioClass))
      found.add('Warnings', matchesIOResources, name);
  }
  checkProperty(personality, [...path, 'IOProbeScore'], { kind: 'integer', lenient: true }, found);
}

function validateExecutable(kext: InstalledKext, found: KextDiagnostics): void {
  const { executable } = kext;
  if (executable === undefined || executable.name === '') return;
  if (executable.size === undefined) found.add('Validation Failures', executableMissing, executable.name);
  else if (executable.slices.length === 0) found.add('Validation Failures', badExecutable);
  else {
    const slice = runningSlice(kext);
    // Without code for this processor there is nothing here to judge: that is told by itself.
    if (slice === undefined)
      found.add('Warnings', 'Executable does not contain code for architecture', kext.architecture);
    else if (!slice.symbols.some(({ name, defined }) => defined && name === '_kmod_info'))
      found.add('Validation Failures', badExecutable);
  }
}

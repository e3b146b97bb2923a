import { kextVersionOrder } from '../../bundle/kextVersion.ts';
import type { InstalledKext } from './installedKext.ts';
import type { KextDiagnostics } from './kextDiagnostics.ts';

/** A kext that others can link against. */
export interface Library {
  readonly identifier: string;
  readonly version: string;
  /** OSBundleCompatibleVersion; without one it is no library. */
  readonly compatible: string | undefined;
}

const section = 'Dependency Resolution Failures';
const rawKernel =
  'Kexts may not link against com.apple.kernel; use either com.apple.kpi.* libraries (recommended), or com.apple.kernel.* (for compatiblity with older releases).';
const oldStyle = '64-bit kexts must use com.apple.kpi.* libraries, not com.apple.kernel* libraries.';
const privateKpi = 'Only Apple kexts may link against com.apple.kpi.private.';
const noKpi = 'Kext declares no com.apple.kpi.* libraries; if it references any kernel symbols, it may fail to link.';

/**
 * Looks for the libraries that a kext declares among those that are loaded, which are all that there are. Gives the
 * lines of the kext library (OSKext.c, __OSKextResolveDependencies) for those that do not fit.
 */
export function resolveLibraries(
  kext: InstalledKext,
  libraries: readonly Library[],
  found: KextDiagnostics,
): readonly string[] {
  const declared = [...kext.infoPlist.libraries];
  const lines = declared.flatMap(([identifier, version]) => {
    if (isKernel(identifier)) return [];
    const library = libraries.find(each => each.identifier === identifier);
    return misfit(kext.path, identifier, version, library, found) ?? [];
  });
  if (kext.executable === undefined) return lines;
  const identifiers = declared.map(([identifier]) => identifier);
  if (identifiers.includes('com.apple.kernel')) found.add(section, rawKernel);
  if (identifiers.some(each => each.startsWith('com.apple.kernel.'))) found.add(section, oldStyle);
  else if (!identifiers.some(each => each.startsWith('com.apple.kpi.'))) found.add('Warnings', noKpi);
  if (!identifiers.includes('com.apple.kpi.private')) return lines;
  found.add(section, privateKpi);
  return [...lines, `${kext.path} has an Apple prefix but no copyright.`];
}

/** On every Mac's disk, in System.kext; no 64-bit kext may use it. */
function isKernel(identifier: string): boolean {
  return /^com\.apple\.kernel(\.|$)/.test(identifier);
}

function misfit(
  path: string,
  identifier: string,
  version: string,
  library: Library | undefined,
  found: KextDiagnostics,
): string | undefined {
  if (library === undefined) {
    found.add(section, 'No kexts found for these libraries', identifier);
    return `${path} - dependency '${identifier}' not found.`;
  }
  if (library.compatible === undefined) {
    found.add(section, 'Kexts found for these libraries lack valid OSBundleCompatibleVersion', identifier);
    return `${path} - dependency for ${identifier} lacks valid OSBundleCompatibleVersion.`;
  }
  const asked = kextVersionOrder(version) ?? 0;
  const from = kextVersionOrder(library.compatible) ?? Number.POSITIVE_INFINITY;
  if (asked >= from && asked <= (kextVersionOrder(library.version) ?? 0)) return undefined;
  found.add(section, 'Only incompatible kexts found for these libraries', identifier);
  return `${path} - no compatible dependency found for ${identifier}.`;
}

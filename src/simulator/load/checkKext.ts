import type { KernelKext } from '../kernelAnswer.ts';
import type { SimulatedDisk } from '../simulatedDisk.ts';
import { authenticateKext } from './authenticateKext.ts';
import { type InstalledKext, runningSlice } from './installedKext.ts';
import { KextDiagnostics } from './kextDiagnostics.ts';
import { asLibrary } from './kextsOnDisk.ts';
import { type Library, resolveLibraries } from './resolveLibraries.ts';
import { validateKext } from './validateKext.ts';

/** What the kext library finds before it sends a kext to the kernel. */
export interface CheckedKext {
  readonly kext: InstalledKext;
  readonly diagnostics: KextDiagnostics;
  /** The lines that it writes while it resolves the kext's libraries. */
  readonly libraryLines: readonly string[];
  /** Why it does not go on; undefined for a kext that it sends. */
  readonly refusal: LoadRefusal | undefined;
  /** What the kext links against and what is to be loaded before it. */
  readonly dependencies: readonly CheckedKext[];
}

export interface LoadRefusal {
  /** An OSReturn. */
  readonly status: number;
  /** The end of `Can't load PATH - …`. */
  readonly reason: string;
}

/** What a load is judged by: what the kernel has, and what it could have. */
export interface KnownKexts {
  readonly loaded: readonly KernelKext[];
  readonly libraries: readonly Library[];
  readonly onDisk: readonly InstalledKext[];
}

const section = 'Dependency Resolution Failures';
const inauthentic = 'Dependencies have incorrect owner/permissions';

/**
 * All the checks; the first that fails decides, in the order of OSKext.c (__OSKextLoadWithArgsDict). `above`: the
 * identifiers of the kexts for which this one is looked at.
 */
export async function checkKext(
  disk: SimulatedDisk,
  kext: InstalledKext,
  known: KnownKexts,
  above: readonly string[] = [],
): Promise<CheckedKext> {
  const diagnostics = new KextDiagnostics();
  validateKext(kext, diagnostics);
  await authenticateKext(disk, kext.path, diagnostics);
  if (diagnostics.has('Validation Failures')) {
    const libraryLines = [`${kext.path} is invalid; can't resolve dependencies.`];
    return { kext, diagnostics, libraryLines, refusal: refusalOf(kext, diagnostics, known.loaded), dependencies: [] };
  }
  const identifier = kext.infoPlist.bundleIdentifier ?? '';
  const isLoaded = new Set(known.loaded.map(each => each.identifier));
  const spare = known.onDisk.filter(each => !isLoaded.has(asLibrary(each).identifier));
  const lines = [...resolveLibraries(kext, [...known.libraries, ...spare.map(asLibrary)], diagnostics)];
  const dependencies: CheckedKext[] = [];
  for (const needed of spare.filter(each => kext.infoPlist.libraries.has(asLibrary(each).identifier))) {
    const name = asLibrary(needed).identifier;
    if (name === identifier || above.includes(name)) {
      diagnostics.add(section, 'Some dependencies are causing circular references', name);
      continue;
    }
    const checked = await checkKext(disk, needed, known, [...above, identifier]);
    dependencies.push(checked);
    lines.push(...checked.libraryLines);
    if (checked.diagnostics.has('Validation Failures') || checked.diagnostics.has(section))
      diagnostics.add(section, "Indirect dependencies can't be resolved", name);
    else if (checked.diagnostics.has('Authentication Failures')) diagnostics.add(section, inauthentic, name);
  }
  return { kext, diagnostics, libraryLines: lines, refusal: refusalOf(kext, diagnostics, known.loaded), dependencies };
}

function refusalOf(
  kext: InstalledKext,
  diagnostics: KextDiagnostics,
  loaded: readonly KernelKext[],
): LoadRefusal | undefined {
  if (diagnostics.has('Validation Failures')) return { status: 0xdc00800c, reason: 'validation problems.' };
  const slice = runningSlice(kext);
  if (kext.executable !== undefined && slice === undefined)
    return { status: 0xdc00800f, reason: "no code for running kernel's architecture." };
  if (diagnostics.has('Authentication Failures')) return { status: 0xdc00800d, reason: 'authentication problems.' };
  if (diagnostics.has(section)) {
    return diagnostics.isOnly(section, inauthentic)
      ? { status: 0xdc00800d, reason: 'dependency authentication problems.' }
      : { status: 0xdc00800e, reason: 'failed to resolve dependencies.' };
  }
  const other = loaded.find(({ identifier }) => identifier === kext.infoPlist.bundleIdentifier);
  if (other === undefined) return undefined;
  const version = other.version !== kext.infoPlist.version ? 'version' : undefined;
  const difference = version ?? (other.uuid !== (slice?.uuid ?? '') ? 'UUID' : undefined);
  return difference === undefined
    ? undefined
    : { status: 0xdc008014, reason: `a different ${difference} is already loaded.` };
}

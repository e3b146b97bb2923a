import type { KernelKext } from '../kernelAnswer.ts';
import type { SimulatedDisk } from '../simulatedDisk.ts';
import { authenticateKext } from './authenticateKext.ts';
import { type InstalledKext, runningSlice } from './installedKext.ts';
import { KextDiagnostics } from './kextDiagnostics.ts';
import { type Library, resolveLibraries } from './resolveLibraries.ts';
import { validateKext } from './validateKext.ts';

/** What the kext library finds before it sends a kext to the kernel. */
export interface CheckedKext {
  readonly diagnostics: KextDiagnostics;
  /** The lines that it writes while it resolves the kext's libraries. */
  readonly libraryLines: readonly string[];
  /** Why it does not go on; undefined for a kext that it sends. */
  readonly refusal: LoadRefusal | undefined;
}

export interface LoadRefusal {
  /** An OSReturn. */
  readonly status: number;
  /** The end of `Can't load PATH - …`. */
  readonly reason: string;
}

/** What is in the kernel already, as far as a load is judged by it. */
export interface LoadedKexts {
  readonly kexts: readonly KernelKext[];
  readonly libraries: readonly Library[];
}

/** All the checks; the first that fails decides, in the order of OSKext.c (__OSKextLoadWithArgsDict). */
export async function checkKext(
  disk: SimulatedDisk,
  kext: InstalledKext,
  { kexts, libraries }: LoadedKexts,
): Promise<CheckedKext> {
  const diagnostics = new KextDiagnostics();
  validateKext(kext, diagnostics);
  await authenticateKext(disk, kext.path, diagnostics);
  const invalid = diagnostics.has('Validation Failures');
  const libraryLines = invalid
    ? [`${kext.path} is invalid; can't resolve dependencies.`]
    : resolveLibraries(kext, libraries, diagnostics);
  return { diagnostics, libraryLines, refusal: refusalOf(kext, diagnostics, kexts) };
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
  if (diagnostics.has('Dependency Resolution Failures'))
    return { status: 0xdc00800e, reason: 'failed to resolve dependencies.' };
  const other = loaded.find(({ identifier }) => identifier === kext.infoPlist.bundleIdentifier);
  if (other === undefined) return undefined;
  const version = other.version !== kext.infoPlist.version ? 'version' : undefined;
  const difference = version ?? (other.uuid !== (slice?.uuid ?? '') ? 'UUID' : undefined);
  return difference === undefined
    ? undefined
    : { status: 0xdc008014, reason: `a different ${difference} is already loaded.` };
}

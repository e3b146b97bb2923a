import type { SimulatedDisk } from '../simulatedDisk.ts';
import type { CheckedKext } from './checkKext.ts';
import { collectionProblems } from './collectionProblems.ts';
import { fileProblems } from './fileProblems.ts';
import { type InstalledKext, runningSlice } from './installedKext.ts';
import type { KernelExports } from './kernelExports.ts';
import { type KmutilRefusal, kmutilNumbers } from './kmutilRefusal.ts';
import { badExecutable } from './validateKext.ts';

/** Where kernelmanagerd(8) takes executable kexts from. */
const folders: readonly string[] = [
  '/System/Library/Extensions',
  '/Library/Apple/System/Library/Extensions',
  '/Library/Extensions',
  '/AppleInternal/Library/Extensions',
  '/System/AppleInternal/Library/AuxiliaryExtensions',
  '/System/AppleInternal/Diagnostics/AuxiliaryExtensions',
  '/System/Library/AuxiliaryExtensions',
  '/Library/StagedExtensions',
  '/private/var/db/KernelExtensionManagement/Staging',
];

/**
 * Why a kext cannot become part of the auxiliary collection, in the words of kernelmanagerd(8); undefined where it can.
 * Where those words are not known, those of the kext library stand in their place.
 */
export async function collectionRefusal(
  disk: SimulatedDisk,
  { kext, diagnostics }: CheckedKext,
  kernel: KernelExports,
): Promise<KmutilRefusal | undefined> {
  const invalid = diagnostics.findings('Validation Failures').filter(finding => finding !== badExecutable);
  if (invalid.some(finding => finding.endsWith(': CFBundlePackageType'))) return notCreated(kext.path);
  if (invalid.length > 0) return notValid(kext, invalid);
  const architecture = wrongArchitecture(kext);
  if (architecture !== undefined) return { number: kmutilNumbers.other, description: architecture };
  const inFiles = [...strayFolder(kext), ...(await fileProblems(disk, kext.path))];
  if (inFiles.length > 0) return notValid(kext, inFiles);
  const unresolved = diagnostics.findings(dependencies);
  if (unresolved.length > 0) return { number: kmutilNumbers.other, description: unresolvedText(kext, unresolved) };
  const problems = collectionProblems(kext, kernel);
  if (problems === undefined) return undefined;
  const told = problems.startsWith('\n') ? problems : ` ${problems}`;
  return { number: kmutilNumbers.notLinked, description: `Error occurred while building a collection:${told}` };
}

const dependencies = 'Dependency Resolution Failures';

function notCreated(path: string): KmutilRefusal {
  const bundle = `codeless (missing CFBundlePackageType) bundle (nil) at ${path}`;
  const description = `Loading extension failed: Unable to create extension from bundle: ${bundle}`;
  return { number: kmutilNumbers.other, description };
}

function notValid(kext: InstalledKext, problems: readonly string[]): KmutilRefusal {
  const { bundleIdentifier = '(nil)', version = '' } = kext.infoPlist;
  const named = `Kext ${bundleIdentifier} v${version} in ${bundleText(kext)}`;
  return {
    number: kmutilNumbers.notValid,
    description: `Validating extension failed: ${named}:\n\n${problems.join('\n')}`,
  };
}

function bundleText({ path, executable, infoPlist }: InstalledKext): string {
  const kind = executable === undefined ? 'codeless' : 'executable';
  return `${kind} kext bundle ${infoPlist.bundleIdentifier ?? '(nil)'} at ${path}`;
}

function wrongArchitecture(kext: InstalledKext): string | undefined {
  const slices = kext.executable?.slices ?? [];
  const [only] = slices;
  if (only === undefined || runningSlice(kext) !== undefined) return undefined;
  return slices.length > 1
    ? `Incompatible architecture: Cannot find ${kext.architecture} in fat binary`
    : `Incompatible architecture: Binary is for ${only.architecture}, but needed arch ${kext.architecture}`;
}

function strayFolder(kext: InstalledKext): readonly string[] {
  if (folders.some(folder => kext.path.startsWith(`${folder}/`))) return [];
  const problem = `Filesystem error: Invalid directory for ${bundleText(kext)}. Should appear in one of:`;
  return [problem, ...folders.map(folder => `\t${folder}`)];
}

/** One sentence for each library that is not found; for what else is wrong, the kext library's. */
function unresolvedText(kext: InstalledKext, findings: readonly string[]): string {
  const name = kext.infoPlist.bundleIdentifier ?? '';
  const told = findings.map(finding => {
    const library = /^No kexts found for these libraries: (.+)$/.exec(finding)?.[1];
    return library === undefined
      ? finding.replace(/\.?$/, '.')
      : `'${name}' names a dependency on '${library}', which was not found.`;
  });
  return `Unable to resolve dependencies: ${told.join('\n')}`;
}

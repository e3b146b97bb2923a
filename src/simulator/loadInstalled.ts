import { readFile } from 'node:fs/promises';
import { parse } from 'plist';
import { osReturnOfCode } from '../tools/osReturn.ts';
import type { Bencodable } from './bencode.ts';
import type { LoadEvent, Personality } from './journalEvent.ts';
import { type CheckedKext, checkKext } from './load/checkKext.ts';
import { dataClasses } from './load/dataClasses.ts';
import { type InstalledKext, readInstalledKext, runningSlice } from './load/installedKext.ts';
import { asLibrary } from './load/kextsOnDisk.ts';
import { linkProblems } from './load/linkKext.ts';
import { notCheckedLines } from './load/notCheckedLines.ts';
import { relayed } from './relayed.ts';
import type { SimulatedMac } from './simulatedMac.ts';

/** A load that was asked for: 0 or an OSReturn with its text, and the lines that came before the tool's own. */
export interface Load {
  readonly status: number;
  readonly text: string;
  readonly lines: readonly string[];
  /** What the Simulated Mac itself has to say of a load that succeeded. */
  readonly notes: readonly string[];
}

const notFound = 0xdc008006;
const unresolved = 0xdc00800e;
const noCode = 0xdc00800f;
const dependencyFailed = 0xdc008015;
const linkError = 0xdc008016;

/** The bundle at a path of the Simulated Mac's disk with all that is to be said against it, or that there is none. */
export async function readInstalled(mac: SimulatedMac, path: string, signal: AbortSignal): Promise<CheckedKext | Load> {
  const kext = await readInstalledKext(mac.disk, path, (await mac.system()).architecture);
  return kext === undefined ? ended(notFound, []) : checkKext(mac.disk, kext, await mac.knownKexts(signal));
}

/** Sends a kext to the kernel, what it links against before it; what the kernel refuses is told in its own lines. */
export async function loadInstalled(mac: SimulatedMac, checked: CheckedKext, signal: AbortSignal): Promise<Load> {
  const { kext, refusal, libraryLines } = checked;
  if (refusal !== undefined) {
    const before = refusal.status === unresolved ? libraryLines : [];
    return ended(refusal.status, [...before, `Can't load ${kext.path} - ${refusal.reason}`]);
  }
  const identifier = kext.infoPlist.bundleIdentifier ?? '';
  for (const dependency of checked.dependencies) {
    const { status, lines } = await loadInstalled(mac, dependency, signal);
    if (status === 0) continue;
    const name = dependency.kext.infoPlist.bundleIdentifier ?? '';
    const failed = `Dependency ${name} of kext ${identifier} failed to load.`;
    return ended(dependencyFailed, [...lines, ...inKernel([failed, ...notLoaded(identifier, dependencyFailed)])]);
  }
  const exports = await mac.kernelExports(signal);
  const problems = linkProblems(kext, exports);
  if (problems.length > 0) return ended(linkError, inKernel(notLinked(identifier, problems)));
  // Only what says that it was built for here has to bring the code that runs here.
  if (kext.infoPlist.crossBuilt ? kext.twin === undefined : kext.executable === undefined)
    return ended(noCode, [`Simulated Mac: ${kext.path} has no code that runs here: build it with SIMULATED_MAC set.`]);
  const { results } = await mac.happen([await loadEvent(mac, kext)], signal);
  const { status, log } = results[0] ?? { status: 0, log: [] };
  return ended(status, relayed(log), notCheckedLines(kext, exports));
}

function ended(status: number, lines: readonly string[], notes: readonly string[] = []): Load {
  return { status, text: osReturnOfCode(status)?.text ?? `0x${status.toString(16)}`, lines, notes };
}

/** The kernel's lines about a kext that does not link (OSKext.cpp). */
function notLinked(identifier: string, problems: readonly string[]): readonly string[] {
  return [
    ...problems.map(problem => `kxld[${identifier}]: ${problem}`),
    `Can't load kext ${identifier} - link failed.`,
    `Failed to load executable for kext ${identifier}.`,
    ...notLoaded(identifier, linkError),
  ];
}

/** The kernel's last lines about every load that it gave up. */
function notLoaded(identifier: string, status: number): readonly string[] {
  const code = `0x${status.toString(16)}`;
  return [`Kext ${identifier} failed to load (${code}).`, `Failed to load kext ${identifier} (error ${code}).`];
}

function inKernel(lines: readonly string[]): readonly string[] {
  return lines.map(line => `(kernel) ${line}`);
}

/** The load of a kext as it lies on the disk; its code is kept. */
export async function loadEvent(mac: SimulatedMac, kext: InstalledKext): Promise<LoadEvent> {
  const { infoPlist, executable } = kext;
  const { compatible } = asLibrary(kext);
  return {
    event: 'load',
    identifier: infoPlist.bundleIdentifier ?? '',
    version: infoPlist.version ?? '',
    ...(compatible === undefined ? {} : { compatible }),
    uuid: runningSlice(kext)?.uuid ?? '',
    size: executable?.size ?? 0,
    dependencies: [...infoPlist.libraries.keys()],
    ...(await codeOf(mac, kext)),
    ...allowUserTerminate(kext),
  };
}

function allowUserTerminate({ propertyList: { root } }: InstalledKext): Pick<LoadEvent, 'allowUserTerminate'> {
  const value = root.kind === 'dict' ? root.entries.get('OSBundleAllowUserTerminate')?.value : undefined;
  return value?.kind === 'boolean' ? { allowUserTerminate: value.value } : {};
}

/** The code that runs here, with what it is to drive; a kext that was built for a Mac is data: its classes are known. */
async function codeOf(
  mac: SimulatedMac,
  kext: InstalledKext,
): Promise<Pick<LoadEvent, 'twin' | 'classes' | 'personalities'>> {
  const { infoPlist, twin } = kext;
  if (infoPlist.crossBuilt && twin !== undefined)
    return { twin: await mac.twins.keep(twin), personalities: await personalities(infoPlist.file) };
  return { classes: dataClasses(kext), personalities: {} };
}

async function personalities(infoPlistFile: string): Promise<{ readonly [name: string]: Personality }> {
  const list = parse(await readFile(infoPlistFile, 'utf8')) as { IOKitPersonalities?: Record<string, Personality> };
  return bencodable(list.IOKitPersonalities ?? {}) as { [name: string]: Personality };
}

/** Dates and reals have no place in a matching dictionary; they go as text. */
function bencodable(value: unknown): Bencodable {
  if (typeof value === 'string' || typeof value === 'boolean' || value instanceof Uint8Array) return value;
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : String(value);
  if (Array.isArray(value)) return value.map(bencodable);
  if (typeof value !== 'object' || value === null || value instanceof Date) return String(value);
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, bencodable(member)]));
}

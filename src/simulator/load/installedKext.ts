import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { type InfoPlist, readInfoPlist } from '../../bundle/infoPlist.ts';
import { readMachO } from '../../bundle/machO.ts';
import type { MachOSlice } from '../../bundle/machOSlice.ts';
import { type PropertyList, parsePropertyList } from '../../bundle/propertyList.ts';
import { readWholeFile } from '../../bundle/wholeFile.ts';
import type { SimulatedDisk } from '../simulatedDisk.ts';

/** The file that CFBundleExecutable names. */
export interface InstalledExecutable {
  readonly name: string;
  /** Bytes; undefined where there is no such file. */
  readonly size: number | undefined;
  /** By architecture; none where the bytes are no Mach-O file. */
  readonly slices: readonly MachOSlice[];
}

/** A bundle on the Simulated Mac's disk, as far as kextload reads it before it judges it. */
export interface InstalledKext {
  /** Absolute, on the Simulated Mac. */
  readonly path: string;
  /** The one that the Simulated Mac's processor runs. */
  readonly architecture: string;
  readonly propertyList: PropertyList;
  readonly infoPlist: InfoPlist;
  /** undefined for a kext that declares no code. */
  readonly executable: InstalledExecutable | undefined;
  /** Where its code for this machine is, on this machine. */
  readonly twin: string | undefined;
  /** SHA-256 of its Info.plist and its executable: what a collection takes in. */
  readonly contents: string;
}

/** Reads the bundle at a path of the Simulated Mac; undefined where nothing there has a readable Info.plist. */
export async function readInstalledKext(
  disk: SimulatedDisk,
  path: string,
  architecture: string,
): Promise<InstalledKext | undefined> {
  const folder = disk.place(path);
  const file = join(folder, 'Contents', 'Info.plist');
  const text = await readFile(file, 'utf8').catch(() => undefined);
  const propertyList = text === undefined ? undefined : parsePropertyList(text, file);
  if (propertyList === undefined || 'problem' in propertyList || propertyList.root.kind !== 'dict') return undefined;
  const infoPlist = readInfoPlist(propertyList, { codeExpected: false });
  const name = infoPlist.executable;
  const read = { path: posix.resolve('/', path), architecture, propertyList, infoPlist };
  const digest = createHash('sha256').update(`${text}\0`);
  if (name === undefined) return { ...read, executable: undefined, twin: undefined, contents: digest.digest('hex') };
  const twin = join(folder, 'Contents', 'Resources', `${posix.basename(name)}.twin.so`);
  const isThere = await stat(twin).then(
    facts => facts.isFile(),
    () => false,
  );
  const bytes = await executableBytes(folder, name);
  const contents = digest.update(bytes ?? '').digest('hex');
  return { ...read, executable: executableOf(name, bytes), twin: isThere ? twin : undefined, contents };
}

async function executableBytes(folder: string, name: string): Promise<Uint8Array | undefined> {
  const inside = name !== '' && name !== '.' && name !== '..' && !/[/\0]/.test(name);
  const read = inside ? await readWholeFile(join(folder, 'Contents', 'MacOS', name)) : undefined;
  return read !== undefined && 'bytes' in read ? read.bytes : undefined;
}

function executableOf(name: string, bytes: Uint8Array | undefined): InstalledExecutable {
  if (bytes === undefined) return { name, size: undefined, slices: [] };
  const machO = readMachO(bytes);
  return { name, size: bytes.length, slices: 'problem' in machO ? [] : machO.slices };
}

/** The code for the Simulated Mac's processor. */
export function runningSlice(kext: InstalledKext): MachOSlice | undefined {
  return kext.executable?.slices.find(({ architecture }) => architecture === kext.architecture);
}

import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { SourcePosition } from '../model/sourcePosition.ts';
import { buildSettings } from './buildSettings.ts';
import { type InfoPlist, keyPosition, readInfoPlist } from './infoPlist.ts';
import { type KextExecutable, readKextExecutable } from './kextExecutable.ts';
import type { PropertyList } from './propertyList.ts';
import { readWholeFile } from './wholeFile.ts';

/** A kext as it lies in a folder. */
export interface KextBundle {
  readonly folder: string;
  readonly infoPlist: InfoPlist;
  readonly propertyList: PropertyList;
  /** undefined for a kext without code. */
  readonly executable: KextExecutable | undefined;
  /** The same driver as a shared object for this machine (`Contents/Resources/<executable>.twin.so`), which the Simulated Mac runs. */
  readonly twin: string | undefined;
}

/** Why a folder is no kext that can be used: one sentence with the name of the file, and the place where it is wrong. */
export interface BundleProblem {
  readonly problem: string;
  readonly position: SourcePosition;
}

/** Reads the kext bundle at `folder`: Contents/Info.plist and what that names. Missing and damaged files are problems. */
export async function readKextBundle(folder: string): Promise<KextBundle | BundleProblem> {
  const kind = await kindOf(folder);
  const file = join(folder, 'Contents', 'Info.plist');
  if (kind === 'missing') return problem(folder, `${folder} does not exist; expected a kext bundle.`);
  if (kind === 'file') return problem(folder, `${folder} is no folder; expected a kext bundle.`);
  const info = await readWholeFile(file);
  if ('missing' in info) return problem(folder, `${folder} is no kext bundle: it has no Contents/Info.plist.`);
  if ('problem' in info) return problem(file, `${file} ${info.problem}.`);
  // Its XML parser takes a while to load: a window on a kext opens sooner without it.
  const { parsePropertyList } = await import('./propertyList.ts');
  const propertyList = parsePropertyList(new TextDecoder().decode(info.bytes), file);
  if ('problem' in propertyList)
    return { problem: `${file} ${propertyList.problem}.`, position: propertyList.position };
  const infoPlist = readInfoPlist(propertyList, { codeExpected: await holdsFiles(join(folder, 'Contents', 'MacOS')) });
  const name = infoPlist.executable;
  if (name === undefined) return { folder, infoPlist, propertyList, executable: undefined, twin: undefined };
  const executable = await readNamedExecutable(folder, name);
  if (typeof executable === 'string')
    return { problem: executable, position: keyPosition(propertyList, ['CFBundleExecutable']) ?? start(file) };
  const twin = join(folder, 'Contents', 'Resources', `${name}.twin.so`);
  return { folder, infoPlist, propertyList, executable, twin: (await kindOf(twin)) === 'file' ? twin : undefined };
}

/** The executable that Info.plist names; a sentence where there is none that can be read. */
async function readNamedExecutable(folder: string, name: string): Promise<KextExecutable | string> {
  const [setting] = buildSettings(name);
  if (setting !== undefined) return `CFBundleExecutable is still "${name}": the build did not fill in ${setting}.`;
  if (name === '' || name === '.' || name === '..' || /[/\0]/.test(name))
    return `CFBundleExecutable is "${name}"; expected the name of a file in Contents/MacOS.`;
  const file = join(folder, 'Contents', 'MacOS', name);
  const read = await readWholeFile(file);
  if ('missing' in read) return `CFBundleExecutable names ${name}, which is missing: ${file} does not exist.`;
  if ('problem' in read) return `${file} ${read.problem}.`;
  const executable = readKextExecutable(read.bytes, file);
  return 'problem' in executable ? `${file} ${executable.problem}.` : executable;
}

async function kindOf(path: string): Promise<'folder' | 'file' | 'missing'> {
  try {
    return (await stat(path)).isDirectory() ? 'folder' : 'file';
  } catch {
    return 'missing';
  }
}

async function holdsFiles(folder: string): Promise<boolean> {
  try {
    return (await readdir(folder)).some(name => !name.startsWith('.'));
  } catch {
    return false;
  }
}

function problem(file: string, sentence: string): BundleProblem {
  return { problem: sentence, position: start(file) };
}

function start(file: string): SourcePosition {
  return { file, line: 1, column: 1 };
}

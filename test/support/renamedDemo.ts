import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repositoryFolder } from './repository.ts';
import { type Choices, choicesOf } from './seed.ts';

/** The demo kext as it ships. */
export const demoFolder = join(repositoryFolder, 'media', 'demo-kext');

/** What a copy of the demo calls its parts. */
export interface DemoNames {
  readonly bundleIdentifier: string;
  /** CFBundleExecutable, and with it the name of the product. */
  readonly executable: string;
  /** The process that uses the driver. */
  readonly process: string;
  /** The process that reserves it and stays. */
  readonly staying: string;
  /** The class of the service. */
  readonly driver: string;
  readonly userClient: string;
  /** The class that is no service: the one that leaks. */
  readonly engine: string;
}

/** Texts by file name: what a demo consists of. */
export type DemoFiles = ReadonlyMap<string, string>;

/** The demo's files; a product that somebody built there is none of them. */
export async function readDemo(folder = demoFolder): Promise<DemoFiles> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries
    .filter(entry => entry.isFile() && entry.name !== 'compile_commands.json')
    .map(({ name }) => name);
  return new Map(
    await Promise.all(names.sort().map(async name => [name, await readFile(join(folder, name), 'utf8')] as const)),
  );
}

/** Writes a demo's files into `folder`, which it makes. */
export async function writeDemo(files: DemoFiles, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await Promise.all([...files].map(([name, text]) => writeFile(join(folder, name), text)));
}

/** What the files call their parts, read out of them: classes are told by their superclasses. */
export function demoNames(files: DemoFiles): DemoNames {
  const infoPlist = files.get('Info.plist') ?? '';
  return {
    bundleIdentifier: plistString(infoPlist, 'CFBundleIdentifier'),
    executable: plistString(infoPlist, 'CFBundleExecutable'),
    process: use(files, false).process,
    staying: use(files, true).process,
    driver: subclassOf(files, 'IOService'),
    userClient: subclassOf(files, 'IOUserClient'),
    engine: subclassOf(files, 'OSObject'),
  };
}

/**
 * A demo that shares no name with the one that ships: classes, files, bundle identifier, executable, personality and the
 * exercising process are called anew at random, the same for the same seed.
 */
export function renameDemo(files: DemoFiles, seed: number): DemoFiles {
  const choices = choicesOf(seed);
  const old = demoNames(files);
  const prefix = commonPrefix([old.driver, old.userClient, old.engine]);
  const renamed = newNames(choices);
  const rename = (text: string) =>
    text
      .replaceAll(old.bundleIdentifier, renamed.bundleIdentifier)
      .replaceAll(old.process, renamed.process)
      .replaceAll(old.staying, renamed.staying)
      .replaceAll(prefix, renamed.prefix)
      .replaceAll(prefix.toLowerCase(), renamed.prefix.toLowerCase());
  const executable = /(<key>CFBundle(?:Executable|Name)<\/key>\s*<string>)[^<]*/g;
  return new Map(
    [...files].map(([name, text]) => {
      const own = name === 'Info.plist' ? text.replace(executable, `$1${renamed.executable}`) : text;
      return [rename(name), rename(own)];
    }),
  );
}

/** The place of the name in the declaration of a class: what a verdict on the class has to point at. */
export function declarationOf(className: string, files: DemoFiles): { readonly file: string; readonly line: number } {
  for (const [file, text] of files) {
    const line = text.split('\n').findIndex(each => each.startsWith(`class ${className} :`));
    if (line >= 0) return { file, line: line + 1 };
  }
  throw new Error(`No file declares ${className}.`);
}

/** The name of the file that says how the process uses the driver that comes and goes. */
export function useFile(files: DemoFiles): string {
  return use(files, false).file;
}

function use(files: DemoFiles, stays: boolean): { readonly file: string; readonly process: string } {
  for (const [file, text] of files) {
    if (!file.endsWith('.exercise.json')) continue;
    const { process, keepsRunning = false } = JSON.parse(text) as { process: string; keepsRunning?: boolean };
    if (keepsRunning === stays) return { file, process };
  }
  throw new Error(`The demo has no *.exercise.json of a process that ${stays ? 'stays' : 'exits'}.`);
}

function plistString(infoPlist: string, key: string): string {
  const value = new RegExp(`<key>${key}</key>\\s*<string>([^<]*)</string>`).exec(infoPlist)?.[1];
  if (value === undefined) throw new Error(`The demo's Info.plist has no ${key}.`);
  return value;
}

function subclassOf(files: DemoFiles, superclass: string): string {
  for (const text of files.values()) {
    const name = new RegExp(`^class (\\w+) : public ${superclass} \\{`, 'm').exec(text)?.[1];
    if (name !== undefined) return name;
  }
  throw new Error(`No class of the demo has the superclass ${superclass}.`);
}

/** Up to the last whole word that all names begin with. */
function commonPrefix(names: readonly string[]): string {
  const [first = '', ...others] = names;
  const words = first.match(/[A-Z][a-z0-9]*/g) ?? [];
  let prefix = '';
  for (const word of words) {
    if (!others.every(name => name.startsWith(prefix + word))) break;
    prefix += word;
  }
  if (prefix === '') throw new Error(`The demo's classes share no prefix: ${names.join(', ')}.`);
  return prefix;
}

function newNames(choices: Choices) {
  const words = new Set<string>();
  while (words.size < 7) words.add(word(choices));
  const [prefix = '', executable = '', process = '', vendor = '', part = '', product = '', staying = ''] = words;
  const domain = ['com', 'org', 'net', 'io'][choices.below(4)];
  return {
    prefix: capitalised(prefix),
    executable: capitalised(executable),
    process,
    staying,
    bundleIdentifier: `${domain}.${vendor}.${part}.${capitalised(product)}`,
  };
}

function word(choices: Choices): string {
  const letter = (letters: string) => letters.charAt(choices.below(letters.length));
  const syllables = Array.from({ length: 3 }, () => letter('bdfgklmnprstvz') + letter('aeiou'));
  return syllables.join('') + letter('kmnrstx');
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

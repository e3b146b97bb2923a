import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readCapture } from '../../tools/captures/captureFile.ts';
import type { ReviewedCapture } from './recordCaptures.ts';

const numberLength = 3;
const longestName = 60;

/** What macOS puts into a folder that somebody looks at, or that lies on a foreign volume. */
const ofFinder = /^(?:\.DS_Store|\.localized|\._.*)$/s;

/** A folder that captures may be added to: the number of the next one. */
export interface CaptureFolder {
  readonly folder: string;
  readonly next: number;
}

/** The folder, or why captures do not go there: one that is there may hold captures and nothing else. */
export async function openCaptureFolder(folder: string): Promise<CaptureFolder | { readonly problem: string }> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => error);
  if (names instanceof Error) {
    if (names.code === 'ENOENT') return { folder, next: 1 };
    return { problem: `${folder} cannot be read (${names.code}); expected a folder for captures` };
  }
  for (const name of names) {
    if (!ofFinder.test(name) && !(await isCapture(join(folder, name))))
      return {
        problem: `${folder} holds ${name}, which is no capture; expected a folder that is empty or holds captures alone`,
      };
  }
  const numbers = names.map(name => Number(/^\d+/.exec(name)?.[0] ?? 0));
  return { folder, next: Math.max(0, ...numbers) + 1 };
}

/** The names of the captures' files in the folder, in their order. */
export function captureNames({ next }: CaptureFolder, captures: readonly ReviewedCapture[]): readonly string[] {
  return captures.map(({ tool, argv }, at) => {
    const words = [tool, ...argv]
      .join('-')
      .replace(/[^A-Za-z0-9.]+/g, '-')
      .replace(/-+$/, '');
    return `${String(next + at).padStart(numberLength, '0')}-${words.slice(0, longestName)}.txt`;
  });
}

/**
 * Writes each capture into a file of its own, and never over one that is there. Rejects as writing a file does; what it has written until
 * then is removed, so that no half of a recording is taken for one.
 */
export async function saveCaptures(
  place: CaptureFolder,
  captures: readonly ReviewedCapture[],
): Promise<readonly string[]> {
  await mkdir(place.folder, { recursive: true });
  const names = captureNames(place, captures);
  const begun: string[] = [];
  try {
    for (const [at, { text }] of captures.entries()) {
      const file = join(place.folder, names[at] ?? '');
      await writeFile(file, text, { flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'EEXIST') begun.push(file);
        throw error;
      });
      begun.push(file);
    }
  } catch (error) {
    await Promise.allSettled(begun.map(file => rm(file, { force: true })));
    throw error;
  }
  return names;
}

async function isCapture(file: string): Promise<boolean> {
  if (!file.endsWith('.txt')) return false;
  const text = await readFile(file, 'utf8').catch(() => '');
  return readCapture(text) !== undefined;
}

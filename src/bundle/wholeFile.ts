import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

const largest = 256 * 1024 * 1024;

/** A file's bytes; that it is not there; or why it was not read, which reads on from the file's name. */
export type WholeFile =
  | { readonly bytes: Uint8Array }
  | { readonly missing: true; readonly problem: string }
  | { readonly problem: string };

/** Reads a regular file of at most 256 MB. Never waits for a pipe or a device that bears the file's name. */
export async function readWholeFile(file: string): Promise<WholeFile> {
  try {
    await using handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const { size, isFile } = await handle.stat().then(stats => ({ size: stats.size, isFile: stats.isFile() }));
    if (!isFile) return { problem: 'is no regular file' };
    if (size > largest) return { problem: `is larger than ${largest / 1024 / 1024} MB` };
    return { bytes: await handle.readFile() };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return { missing: true, problem: 'does not exist' };
    return { problem: `could not be read (${code ?? message})` };
  }
}

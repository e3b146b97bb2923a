import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isSourceName } from '../model/sourceNames.ts';
import type { SourceText } from './classDeclarations.ts';

/** How much of a folder is read. */
export interface SourceLimits {
  readonly files: number;
  /** Bytes of one file; a larger one is left out. */
  readonly fileSize: number;
  /** Folders within folders. */
  readonly depth: number;
  /** Folders that are left out: what lies in them is of something else. */
  readonly without?: readonly string[];
}

/** The sources of a project. */
export interface SourceListing {
  /** Absolute when the folder is; sorted, the same on every machine. */
  readonly files: readonly string[];
  /** False where the limits left some out. */
  readonly complete: boolean;
}

const defaultLimits: SourceLimits = { files: 5000, fileSize: 4 * 1024 * 1024, depth: 32 };

const skippedFolder = /^(?:build|node_modules|DerivedData|\..*|.*\.(?:kext|dSYM|xcodeproj|xcworkspace|framework))$/;

/**
 * Lists the C and C++ sources below `folder`, without build products, hidden folders and symbolic links. A folder that
 * cannot be read is passed over, and makes the listing incomplete. Throws only the signal's reason.
 */
export async function listSourceFiles(
  folder: string,
  signal?: AbortSignal,
  narrower: Partial<SourceLimits> = {},
): Promise<SourceListing> {
  const limits = { ...defaultLimits, ...narrower };
  const files: string[] = [];
  let complete = true;
  const waiting = [{ path: folder, depth: 0 }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    signal?.throwIfAborted();
    const { path, depth } = next;
    const entries = await readdir(path, { withFileTypes: true }).catch(() => undefined);
    if (entries === undefined || depth > limits.depth) {
      complete = false;
      continue;
    }
    for (const entry of entries) {
      const below = join(path, entry.name);
      if (entry.isDirectory() && !skippedFolder.test(entry.name) && !limits.without?.includes(below))
        waiting.push({ path: below, depth: depth + 1 });
      if (entry.isFile() && isSourceName(entry.name)) files.push(below);
    }
  }
  files.sort();
  return { files: files.slice(0, limits.files), complete: complete && files.length <= limits.files };
}

/** Reads the sources below `folder` (see listSourceFiles); a file that is too large or unreadable is left out. */
export async function readSourceFiles(
  folder: string,
  signal?: AbortSignal,
  narrower: Partial<SourceLimits> = {},
): Promise<readonly SourceText[]> {
  const { files } = await listSourceFiles(folder, signal, narrower);
  const { fileSize } = { ...defaultLimits, ...narrower };
  const sources: SourceText[] = [];
  for (const file of files) {
    signal?.throwIfAborted();
    const source = await readSourceFile(file, fileSize);
    if (source !== undefined) sources.push(source);
  }
  return sources;
}

/** Reads one source; undefined where it is not there, cannot be read or has more than `largest` bytes. */
export async function readSourceFile(
  file: string,
  largest: number = defaultLimits.fileSize,
): Promise<SourceText | undefined> {
  try {
    return (await stat(file)).size > largest ? undefined : { file, text: await readFile(file, 'utf8') };
  } catch {
    return undefined;
  }
}

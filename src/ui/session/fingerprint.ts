import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';

/** Differs when the text of one of the files differs; a file that is not there counts as empty. */
export async function fingerprint(files: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const file of files) hash.update(await readFile(file).catch(() => '')).update('\0');
  return hash.digest('hex');
}

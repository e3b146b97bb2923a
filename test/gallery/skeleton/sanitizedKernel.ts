import { appendFile, cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repositoryFolder, testFolder } from '../../support/repository.ts';

const folder = join(testFolder, 'sanitized-mac');

/**
 * The sources of a kernel that is built with AddressSanitizer, as are the twins that are built for it: this checkout's,
 * with the option set. What it finds ends the kernel process, which the product takes for a panic.
 */
export async function sanitizedSources(): Promise<string> {
  const unfinished = `${folder}.${process.pid}`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true });
  await cp(join(repositoryFolder, 'media', 'simulated-mac'), unfinished, { recursive: true });
  const makefile = join(unfinished, 'Makefile');
  const text = await readFile(makefile, 'utf8');
  const sanitized = text.replace(/^SANITIZE :=$/m, 'SANITIZE := -fsanitize=address');
  if (sanitized === text) throw new Error('The Makefile of the Simulated Mac has no empty SANITIZE.');
  await writeFile(makefile, sanitized);
  await appendFile(join(unfinished, 'twin.mk'), 'TWIN_FLAGS += -fsanitize=address\nTWIN_LINK += -Wl,-z,undefs\n');
  await rm(folder, { recursive: true, force: true });
  await rename(unfinished, folder);
  return folder;
}

import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { failurePages, failuresFolder } from './failurePages.ts';
import { runScript } from './runScript.ts';

/** `npm run catalogue`: writes the pages that ship for the rows of the failure catalogue. */
await runScript(async () => {
  await rm(failuresFolder, { recursive: true, force: true });
  await mkdir(failuresFolder, { recursive: true });
  for (const [name, text] of failurePages()) await writeFile(join(failuresFolder, name), text);
  return 0;
});

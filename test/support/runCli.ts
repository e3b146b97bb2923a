import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildWhenStale } from './bundles.ts';
import { repositoryFolder } from './repository.ts';
import { CannotGoOn } from './runScript.ts';

/*
 * `npm run -s kext-dev -- ARGS`: the terminal's program of this checkout, built first where a source is younger. It runs in this
 * process, so that a signal and the exit status are its own.
 */
const program = join(repositoryFolder, 'dist', 'cli.mjs');
try {
  await buildWhenStale();
  process.chdir(process.env.INIT_CWD ?? '.');
  process.argv.splice(1, 1, program);
  await import(pathToFileURL(program).href);
} catch (error) {
  console.error(error instanceof CannotGoOn ? error.message : error);
  process.exitCode = 1;
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import { join } from 'node:path';
import { buildWhenStale } from './bundles.ts';
import { repositoryFolder } from './repository.ts';
import { runScript } from './runScript.ts';

/** `npm run -s kext-dev -- ARGS`: the terminal's program of this checkout, with its own exit status. */
await runScript(async () => {
  await buildWhenStale();
  const program = join(repositoryFolder, 'dist', 'cli.mjs');
  const child = spawn(process.execPath, [program, ...process.argv.slice(2)], {
    stdio: 'inherit',
    cwd: process.env.INIT_CWD ?? process.cwd(),
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
  const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
  return code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
});

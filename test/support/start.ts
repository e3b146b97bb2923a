import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkWindow } from './checkWindow.ts';
import { copyDemo } from './copyDemo.ts';
import { ensureTools } from './debianPackages.ts';
import { startDemoServer } from './demoServer.ts';
import { desktopProgram, openDesktop } from './desktop.ts';
import { openAddress } from './openAddress.ts';
import { packageExtension } from './packageExtension.ts';
import { CannotGoOn, runScript } from './runScript.ts';
import { ensureServer } from './serverInstallation.ts';
import { stopped } from './stopped.ts';

/*
 * `npm start`: the real VS Code on a copy of the demo project, with the extension of this checkout. After `--`:
 *   --port N    where the server listens, if one is needed; any free port otherwise
 *   --no-open   starts no desktop and no browser: prints the server's address alone
 *   --check     opens the page once in Chromium, says whether VS Code and the extension came up, and ends
 */
await runScript(async () => {
  const options = readOptions();
  await ensureTools(options.check ? ['clang', 'lld', 'llvm', 'make', 'chromium'] : ['clang', 'lld', 'llvm', 'make']);
  await using cleanup = new AsyncDisposableStack();
  const scratch = await mkdtemp(join(tmpdir(), 'kext-dev-start-'));
  cleanup.defer(() => rm(scratch, { recursive: true, force: true, maxRetries: 5 }));
  const vsix = (await packageExtension(join(scratch, 'kext-dev.vsix'))).path;
  const folder = await copyDemo();
  const start = { folder, vsix, userDataDir: join(scratch, 'user'), extensionsDir: join(scratch, 'extensions') };
  console.log(`The demo project is in ${folder}`);
  if (options.check) cleanup.defer(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  const desktop = options.open && !options.check ? desktopProgram() : undefined;
  if (desktop !== undefined) return await openDesktop(desktop, start);
  const server = await startDemoServer(await ensureServer(), start, options.port);
  cleanup.defer(() => server.stop());
  if (options.check) return await checkWindow(server.address);
  console.log(`VS Code runs at\n\n  ${server.address}\n\nKexts in the activity bar, then Reload Kext. Ctrl-C ends it.`);
  if (options.open) openAddress(server.address);
  return await untilStopped(server.ended);
});

interface StartOptions {
  readonly port: number;
  readonly open: boolean;
  readonly check: boolean;
}

function readOptions(): StartOptions {
  const options = { port: { type: 'string' }, 'no-open': { type: 'boolean' }, check: { type: 'boolean' } } as const;
  try {
    const { values } = parseArgs({ options });
    const port = Number(values.port ?? 0);
    if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`--port ${values.port} is not a port`);
    return { port, open: values['no-open'] !== true, check: values.check === true };
  } catch (error) {
    throw new CannotGoOn(error instanceof Error ? error.message : String(error));
  }
}

/** Until somebody ends this, or the server's own end, which is a failure. */
async function untilStopped(serverEnded: Promise<void>): Promise<number> {
  const status = await Promise.race([stopped().then(() => 0), serverEnded.then(() => 1)]);
  if (status !== 0) console.error('The VS Code server ended by itself.');
  return status;
}

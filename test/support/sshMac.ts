import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildWhenStale } from './bundles.ts';
import { writeSimulatedTools } from './simulatedTools.ts';
import { openSshServer, type SshServer } from './sshServer.ts';

/** The Simulated Mac behind a real sshd, for a window of VS Code that knows it as `mini`. */
export interface SshMac extends AsyncDisposable {
  readonly server: SshServer;
  /** For the process of VS Code: a home folder whose ssh configuration names it, and a PATH whose ssh reaches it. */
  readonly environment: Readonly<Record<string, string>>;
}

/** `state`: of the Simulated Mac, whose tools are the only ones there. */
export async function openSshMac(state: string): Promise<SshMac> {
  await buildWhenStale();
  const server = await openSshServer({ KEXT_DEV_SIMULATED_UID: '501' });
  const tools = join(server.folder, 'tools');
  await writeSimulatedTools(tools, state);
  await server.kill();
  await server.start({ variables: { PATH: `${tools}:/usr/bin:/bin` } });
  const home = join(server.folder, 'user');
  await mkdir(join(home, '.ssh'), { recursive: true, mode: 0o700 });
  await copyFile(server.config, join(home, '.ssh', 'config'));
  // VS Code asks the user's login shell for the environment of its extensions.
  for (const profile of ['.profile', '.bash_profile', '.zprofile'])
    await writeFile(join(home, profile), `export PATH='${server.programs}':"$PATH"\n`);
  return {
    server,
    environment: { ...server.environment, HOME: home },
    [Symbol.asyncDispose]: () => server.remove(),
  };
}

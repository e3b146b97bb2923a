import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import type { StartedDemo } from './desktop.ts';
import type { InstalledServer } from './serverInstallation.ts';
import { newcomersSettings, writeUserSettings } from './userSettings.ts';
import { installExtension, startServer, type VscodeServer } from './vscodeServer.ts';

export interface DemoServer extends VscodeServer {
  /** With the token that opens it, and the folder. */
  readonly address: string;
}

/** VS Code on loopback, opened only by who knows the token: whoever opens the page can run programs. The demo's copy is trusted. */
export async function startDemoServer(
  installed: InstalledServer,
  demo: StartedDemo,
  port: number,
): Promise<DemoServer> {
  const { userDataDir, extensionsDir } = demo;
  await mkdir(extensionsDir, { recursive: true });
  await writeUserSettings(userDataDir, newcomersSettings());
  await installExtension(installed, demo.vsix, { userDataDir, extensionsDir });
  const connectionToken = randomBytes(16).toString('hex');
  const server = await startServer({ installed, userDataDir, extensionsDir, trusted: true, port, connectionToken });
  const query = new URLSearchParams({ tkn: connectionToken, folder: demo.folder });
  return { ...server, address: `http://127.0.0.1:${server.port}/?${query}` };
}

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { takeForMac } from './bundles.ts';
import { ensureServer } from './serverInstallation.ts';
import { installExtension, type ServerFolders } from './vscodeServer.ts';

/** Installs a packaged extension that takes this machine for a Mac: This Mac is among its targets. */
export async function installForMac(vsix: string, folders: ServerFolders): Promise<void> {
  await installExtension(await ensureServer(), vsix, folders);
  const name = (await readdir(folders.extensionsDir)).find(each => each.startsWith('kext-dev.')) ?? '';
  await takeForMac(join(folders.extensionsDir, name));
}

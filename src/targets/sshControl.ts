import { createHash } from 'node:crypto';
import { lstat, mkdir } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FolderEnvironment } from './folders.ts';

/** The name of a socket has at most 103 bytes on macOS, and ssh makes it under a longer one: a dot and 16 characters. */
const longestPath = 103 - 17;

/** ssh reads its options as lines of a configuration: these characters mean nothing there. */
const plain = /^\/[\w@+./-]*$/;

/**
 * Where the connection to a host is kept open: a socket in a folder of the user's alone, made where it is not there. Throws,
 * with what is wrong, where somebody else could reach into the folder.
 */
export async function sshControlPath(host: string, environment: FolderEnvironment): Promise<string> {
  const uid = process.getuid?.() ?? 0;
  const name = createHash('sha256').update(host).digest('hex').slice(0, 16);
  const folders = [environment.XDG_RUNTIME_DIR ?? '', tmpdir(), '/tmp'].map(above =>
    join(above, `kext-dev-ssh-${uid}`),
  );
  const folder = await firstMade(folders.filter(each => plain.test(each) && join(each, name).length <= longestPath));
  const problem = notPrivate(await lstat(folder), uid);
  if (problem !== undefined)
    throw new Error(`${folder} ${problem}; expected a folder of yours for ssh's connections: remove it`);
  return join(folder, name);
}

/** Where a folder cannot be made, as in one that went with the user's last login, the next one is. Rejects as the last one does. */
async function firstMade([folder = '', ...others]: readonly string[]): Promise<string> {
  try {
    await mkdir(folder, { mode: 0o700 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return folder;
    if (others.length === 0) throw error;
    return firstMade(others);
  }
  return folder;
}

/** Why what is there is no private folder of that user; undefined where it is one. */
export function notPrivate(
  there: { readonly uid: number; readonly mode: number; isDirectory(): boolean },
  uid: number,
): string | undefined {
  if (!there.isDirectory()) return 'is no folder';
  if (there.uid !== uid) return 'belongs to somebody else';
  return (there.mode & 0o077) === 0 ? undefined : 'can be entered by others';
}

/**
 * Which connection is open: another text for each, undefined for none. Nothing is sent to the far side. What is left of an
 * ssh that was killed is none.
 */
export async function openConnection(controlPath: string): Promise<string | undefined> {
  const answers = await new Promise<boolean>(resolve => {
    const socket = connect(controlPath, () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
  if (!answers) return undefined;
  return lstat(controlPath, { bigint: true }).then(
    ({ ino, ctimeNs }) => `${ino} ${ctimeNs}`,
    () => undefined,
  );
}

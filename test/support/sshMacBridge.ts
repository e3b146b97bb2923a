import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { rename, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type HeldTool, holdTool } from './heldTool.ts';
import type { SshServer } from './sshServer.ts';

/** What a suite in VS Code may tell the Mac over SSH to do; the answer is a number. */
export type SshMacOrder =
  | 'goAway'
  | 'comeBack'
  | 'takeStarts'
  | 'changeKey'
  | 'wantPassword'
  | 'lockKey'
  | 'unlockKey'
  | 'load'
  | 'open'
  | 'holdUnload'
  | 'awaitUnload'
  | 'letUnloadGo';

/** What sudo of that Mac takes from then on. */
export const passwordOfMac = 'a turbine';

/** What the key takes that lets in there, while it is locked. */
export const passphraseOfKey = 'two turbines';

/** Has the Mac's sudo ask its user, by whatever SUDO_ASKPASS names, as sudo -A does. */
export async function wantPassword(tools: string): Promise<void> {
  const [sudo, simulated] = [join(tools, 'sudo'), join(tools, 'sudo-simulated')];
  await rename(sudo, simulated);
  const script = `#!/bin/sh
[ "$1" = -A ] || { echo 'sudo: a password is required' >&2; exit 1; }
shift
for _time in 1 2 3; do
  _given=$("$SUDO_ASKPASS" 'Password:') || { echo 'sudo: no password was provided' >&2; exit 1; }
  [ "$_given" != '${passwordOfMac}' ] || exec '${simulated}' "$@"
  echo 'Sorry, try again.' >&2
done
echo 'sudo: 3 incorrect password attempts' >&2
exit 1
`;
  await writeFile(sudo, script, { mode: 0o755 });
}

/** Lets a suite in the extension host have the Mac go and come back; `url` has a secret in its path. */
export interface SshMacBridge extends Disposable {
  readonly url: string;
}

/** What somebody does at that Mac: loads the kext, and starts a process that opens the driver and stays. */
export interface OwnerOfMac {
  readonly load: () => Promise<unknown>;
  readonly open: () => Promise<unknown>;
}

export async function openSshMacBridge(server: SshServer, { load, open }: OwnerOfMac): Promise<SshMacBridge> {
  const secret = `/${randomBytes(16).toString('hex')}`;
  const [known, other] = [join(server.folder, 'host_key'), await server.makeKey('other_key')];
  const tools = join(server.folder, 'tools');
  let unload: HeldTool | undefined;
  const orders: Record<SshMacOrder, () => Promise<number>> = {
    goAway: async () => server.kill().then(() => 0),
    comeBack: async () => server.start({ hostKey: known }).then(() => 0),
    open: async () => open().then(() => 0),
    load: async () => load().then(() => 0),
    takeStarts: () => server.takeStarts(),
    lockKey: async () => {
      await server.changePassphrase('', passphraseOfKey);
      await server.kill();
      return server.start({ hostKey: known }).then(() => 0);
    },
    unlockKey: async () => server.changePassphrase(passphraseOfKey, '').then(() => 0),
    wantPassword: () => wantPassword(tools).then(() => 0),
    holdUnload: async () => {
      unload = await holdTool(tools, 'kextunload');
      return 0;
    },
    awaitUnload: async () => Promise.resolve(unload?.isCalled()).then(() => 0),
    letUnloadGo: async () => Promise.resolve(unload?.letGo()).then(() => 0),
    changeKey: async () => server.start({ hostKey: other }).then(() => 0),
  };
  const http = createServer(async (request, response) => {
    const order = (await text(request)) as SshMacOrder;
    const isOrder = request.url === secret && Object.hasOwn(orders, order);
    const answer = isOrder ? await orders[order]().catch(String) : 'no order';
    response.writeHead(typeof answer === 'number' ? 200 : 400).end(JSON.stringify(answer));
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const { port } = http.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${secret}`,
    [Symbol.dispose]: () => {
      http.close();
      http.closeAllConnections();
    },
  };
}

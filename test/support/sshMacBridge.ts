import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { SshServer } from './sshServer.ts';

/** What a suite in VS Code may tell the Mac over SSH to do; the answer is a number. */
export type SshMacOrder = 'goAway' | 'comeBack' | 'takeStarts' | 'changeKey';

/** Lets a suite in the extension host have the Mac go and come back; `url` has a secret in its path. */
export interface SshMacBridge extends Disposable {
  readonly url: string;
}

export async function openSshMacBridge(server: SshServer): Promise<SshMacBridge> {
  const secret = `/${randomBytes(16).toString('hex')}`;
  const [known, other] = [join(server.folder, 'host_key'), await server.makeKey('other_key')];
  const orders: Record<SshMacOrder, () => Promise<number>> = {
    goAway: async () => server.kill().then(() => 0),
    comeBack: async () => server.start({ hostKey: known }).then(() => 0),
    takeStarts: () => server.takeStarts(),
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

import { lookup } from 'node:dns/promises';
import { networkInterfaces } from 'node:os';

/** A name that nobody answers for is no machine's in so many ms. */
const longestMs = 2000;

/** How a name is looked up, and the addresses of this machine. */
export interface Addresses {
  readonly of: (name: string) => Promise<readonly string[]>;
  readonly own: readonly string[];
}

/**
 * Whether ssh's way to a destination, as readDestination has it, ends at this machine's own server: the port is ssh's, and the address one of
 * this machine's. Another port of it is likely to lead on, to a virtual machine; where a proxy leads cannot be told. Nothing is sent there.
 */
export async function leadsHere(destination: string, addresses: Addresses = ofThisMachine()): Promise<boolean> {
  const name = /^(.+):22$/.exec(destination)?.[1];
  if (name === undefined) return false;
  const own = new Set(addresses.own.map(plain));
  const found = await addresses.of(plain(name)).catch(() => []);
  return found.some(address => own.has(plain(address)) || /^127\./.test(address));
}

/** `fe80::1%lo0`, `[::1]`: without zone and brackets. */
function plain(address: string): string {
  return address.replace(/%.*$/, '').replace(/^\[(.*)\]$/, '$1');
}

function ofThisMachine(): Addresses {
  return {
    own: Object.values(networkInterfaces()).flatMap(found => (found ?? []).map(({ address }) => address)),
    of: async name => {
      const late = new Promise<readonly never[]>(resolve => setTimeout(resolve, longestMs, []).unref());
      const found = lookup(name, { all: true }).then(all => all.map(({ address }) => address));
      return Promise.race([found, late]);
    },
  };
}

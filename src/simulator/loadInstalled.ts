import { readFile, stat } from 'node:fs/promises';
import { posix } from 'node:path';
import { parse } from 'plist';
import { type KextBundle, readKextBundle } from '../bundle/kextBundle.ts';
import { osReturnOfCode } from '../tools/osReturn.ts';
import type { Bencodable } from './bencode.ts';
import type { LoadEvent, Personality } from './journalEvent.ts';
import { relayed } from './relayed.ts';
import type { SimulatedMac } from './simulatedMac.ts';

/** A load that was asked for: 0 or an OSReturn with its text, and the lines that came before the tool's own. */
export interface Load {
  readonly status: number;
  readonly text: string;
  readonly lines: readonly string[];
}

const validation = 0xdc00800c;
const noCode = 0xdc00800f;

/** The bundle at a path of the Simulated Mac's disk, or why the kernel cannot take it. */
export async function readInstalled(
  mac: SimulatedMac,
  path: string,
): Promise<{ readonly bundle: KextBundle; readonly code: string } | Load> {
  const shown = posix.resolve('/', path);
  const bundle = await readKextBundle(mac.disk.place(path));
  if ('problem' in bundle) return refused(validation, [`Simulated Mac: ${shown}: ${bundle.problem}`]);
  if (bundle.twin === undefined || !bundle.infoPlist.crossBuilt) {
    const why = `Simulated Mac: ${shown} has no code that runs here: build it with SIMULATED_MAC set.`;
    return refused(noCode, [why]);
  }
  return { bundle, code: bundle.twin };
}

/** Gives the kernel the code of an installed bundle; what it refuses is told in its own lines. */
export async function loadInstalled(
  mac: SimulatedMac,
  installed: { readonly bundle: KextBundle; readonly code: string },
  signal: AbortSignal,
): Promise<Load> {
  const { results } = await mac.happen([await loadEvent(mac, installed.bundle, installed.code)], signal);
  const { status, log } = results[0] ?? { status: 0, log: [] };
  return refused(status, relayed(log));
}

function refused(status: number, lines: readonly string[]): Load {
  return { status, text: osReturnOfCode(status)?.text ?? `0x${status.toString(16)}`, lines };
}

async function loadEvent(mac: SimulatedMac, bundle: KextBundle, code: string): Promise<LoadEvent> {
  const { infoPlist } = bundle;
  return {
    event: 'load',
    identifier: infoPlist.bundleIdentifier ?? '',
    version: infoPlist.version ?? '',
    uuid: bundle.executable?.uuid ?? '',
    twin: await mac.twins.keep(code),
    size: bundle.executable === undefined ? 0 : (await stat(bundle.executable.file)).size,
    dependencies: [...infoPlist.libraries.keys()],
    personalities: await personalities(infoPlist.file),
  };
}

async function personalities(infoPlistFile: string): Promise<{ readonly [name: string]: Personality }> {
  const list = parse(await readFile(infoPlistFile, 'utf8')) as { IOKitPersonalities?: Record<string, Personality> };
  return bencodable(list.IOKitPersonalities ?? {}) as { [name: string]: Personality };
}

/** Dates and reals have no place in a matching dictionary; they go as text. */
function bencodable(value: unknown): Bencodable {
  if (typeof value === 'string' || typeof value === 'boolean' || value instanceof Uint8Array) return value;
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : String(value);
  if (Array.isArray(value)) return value.map(bencodable);
  if (typeof value !== 'object' || value === null || value instanceof Date) return String(value);
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, bencodable(member)]));
}

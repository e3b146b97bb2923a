import { readFile, stat } from 'node:fs/promises';
import { posix } from 'node:path';
import { parse } from 'plist';
import { type KextBundle, readKextBundle } from '../../bundle/kextBundle.ts';
import { osReturnOfCode } from '../../tools/osReturn.ts';
import type { ToolOutput } from '../../tools/toolOutput.ts';
import type { Bencodable } from '../bencode.ts';
import type { LoadEvent, Personality } from '../journalEvent.ts';
import { relayed } from '../relayed.ts';
import type { SimulatedMac } from '../simulatedMac.ts';
import { said } from '../toolText.ts';

const validation = 0xdc00800c;
const noCode = 0xdc00800f;

/** kextload(8) of macOS 10.15 with one path; everything it says is on standard error, and a success is silent. */
export async function kextload(
  mac: SimulatedMac,
  argv: readonly string[],
  asRoot: boolean,
  signal: AbortSignal,
): Promise<ToolOutput> {
  if (!asRoot)
    return said({
      stderr: ['You must be running as root to load kexts or send personalities into the kernel.'],
      exitCode: 77,
    });
  const [path] = argv;
  if (path === undefined || path.startsWith('-') || argv.length !== 1) {
    return said({ stderr: [`kextload: cannot simulate: kextload ${argv.join(' ')}`], exitCode: 64 });
  }
  const shown = posix.resolve('/', path);
  const bundle = await readKextBundle(mac.disk.place(path));
  if ('problem' in bundle) return failed(shown, validation, [`Simulated Mac: ${shown}: ${bundle.problem}`]);
  const code = bundle.twin;
  if (code === undefined || !bundle.infoPlist.crossBuilt) {
    return failed(shown, noCode, [
      `Simulated Mac: ${shown} has no code that runs here: build it with SIMULATED_MAC set.`,
    ]);
  }
  const { results } = await mac.happen([await loadEvent(mac, bundle, code)], signal);
  const { status, log } = results[0] ?? { status: 0, log: [] };
  return status === 0 ? said({}) : failed(shown, status, relayed(log));
}

function failed(path: string, status: number, before: readonly string[]): ToolOutput {
  const text = osReturnOfCode(status)?.text ?? `0x${status.toString(16)}`;
  const line = `${path} failed to load - ${text}; check the system/kernel logs for errors or try kextutil(8).`;
  return said({ stderr: [...before, line], exitCode: 71 });
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

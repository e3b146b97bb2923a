import { osReturnOfCode } from '../../tools/osReturn.ts';
import type { ToolOutput } from '../../tools/port/toolOutput.ts';
import { readInstalledKext } from '../load/installedKext.ts';
import { type KmutilRefusal, kmutilNumbers } from '../load/kmutilRefusal.ts';
import type { SimulatedMac } from '../simulatedMac.ts';
import { said, unanswered } from '../toolText.ts';
import { unloadKext } from '../unloadKext.ts';
import { cannotSimulate } from './cannotSimulate.ts';
import { kmutilError } from './kmutilError.ts';
import { namedKexts } from './kmutilKexts.ts';

/** `kmutil unload` with `-b ID` and `-p PATH`. A success is silent, also where the kext stays until the restart. */
export async function kmutilUnload(
  mac: SimulatedMac,
  argv: readonly string[],
  asRoot: boolean,
  signal: AbortSignal,
): Promise<ToolOutput> {
  const named = namedKexts(argv);
  if (named === undefined) return cannotSimulate('kmutil', ['unload', ...argv]);
  const identifiers = [...named.identifiers];
  for (const path of named.paths) {
    const kext = await readInstalledKext(mac.disk, path, (await mac.system()).architecture);
    if (kext === undefined) return kmutilError(noBundle(path));
    identifiers.push(kext.infoPlist.bundleIdentifier ?? '');
  }
  for (const identifier of identifiers) {
    const refusal = await unloaded(mac, identifier, asRoot, signal);
    if (refusal === 'unanswered') return unanswered();
    if (refusal !== undefined) return kmutilError(refusal);
  }
  return said({});
}

/** What kmutil says of a path where it finds no kext. */
export function noBundle(path: string): KmutilRefusal {
  return { number: kmutilNumbers.other, description: `Could not find: No bundle was found at ${path}.` };
}

/** What kmutil says of a request that the kernel turned down with an OSReturn; that it prints as a signed number. */
export function kernelRefused(status: number): KmutilRefusal {
  const text = osReturnOfCode(status)?.text ?? 'unknown error code';
  return { number: kmutilNumbers.other, description: `Kernel request failed: ${text} (${status | 0})` };
}

const notPrivileged = 0xdc008004;

async function unloaded(
  mac: SimulatedMac,
  identifier: string,
  asRoot: boolean,
  signal: AbortSignal,
): Promise<KmutilRefusal | 'unanswered' | undefined> {
  const { kexts } = await mac.ask(signal);
  if (!kexts.some(kext => kext.identifier === identifier)) {
    const missing = `Error occurred unloading extensions: Missing extension with identifier ${identifier}`;
    return { number: kmutilNumbers.unloading, description: missing };
  }
  if (!asRoot) return kernelRefused(notPrivileged);
  if ((await mac.system()).unloads === 'at the restart') {
    const { built } = await mac.collection();
    await mac.record([{ event: 'collect', kexts: built.filter(kext => kext.identifier !== identifier) }]);
    return undefined;
  }
  const result = await unloadKext(mac, identifier, signal);
  if (result === undefined) return 'unanswered';
  return result.status === 0 ? undefined : kernelRefused(result.status);
}

import type { ToolOutput } from '../../tools/port/toolOutput.ts';
import { builtCollection } from '../builtCollection.ts';
import { identityOf, isSame, loadOf } from '../collectionState.ts';
import type { CollectedKext } from '../journalEvent.ts';
import { checkKext } from '../load/checkKext.ts';
import { collectionRefusal } from '../load/collectionRefusal.ts';
import { type InstalledKext, readInstalledKext } from '../load/installedKext.ts';
import { kextsOnDisk } from '../load/kextsOnDisk.ts';
import { type KmutilRefusal, kmutilNumbers } from '../load/kmutilRefusal.ts';
import { notCheckedLines } from '../load/notCheckedLines.ts';
import type { SimulatedMac } from '../simulatedMac.ts';
import { said } from '../toolText.ts';
import { cannotSimulate } from './cannotSimulate.ts';
import { kmutilError } from './kmutilError.ts';
import { namedKexts } from './kmutilKexts.ts';
import { kernelRefused, noBundle } from './kmutilUnload.ts';

/** `kmutil load` with `-p PATH` and `-b ID`; a success is silent, also of a kext that was loaded already. */
export async function kmutilLoad(
  mac: SimulatedMac,
  argv: readonly string[],
  asRoot: boolean,
  signal: AbortSignal,
): Promise<ToolOutput> {
  const named = namedKexts(argv);
  if (named === undefined) return cannotSimulate('kmutil', ['load', ...argv]);
  const { architecture } = await mac.system();
  const kexts: InstalledKext[] = [];
  for (const path of named.paths) {
    const kext = await readInstalledKext(mac.disk, path, architecture);
    if (kext === undefined) return kmutilError(noBundle(path));
    kexts.push(kext);
  }
  for (const identifier of named.identifiers) {
    const found = (await kextsOnDisk(mac.disk, architecture)).find(each => identityOf(each).identifier === identifier);
    if (found === undefined) return kmutilError(noExtension(identifier));
    kexts.push(found);
  }
  const refusal = await loaded(mac, kexts, asRoot, signal);
  if (refusal !== undefined) return kmutilError(refusal);
  const kernel = await mac.kernelExports(signal);
  return said({ stderr: kexts.flatMap(kext => notCheckedLines(kext, kernel)) });
}

async function loaded(
  mac: SimulatedMac,
  kexts: readonly InstalledKext[],
  asRoot: boolean,
  signal: AbortSignal,
): Promise<KmutilRefusal | undefined> {
  if (!asRoot) return unprivileged(kexts[0]);
  const known = await mac.knownKexts(signal);
  const kernel = await mac.kernelExports(signal);
  for (const kext of kexts) {
    const refusal = await collectionRefusal(mac.disk, await checkKext(mac.disk, kext, known), kernel);
    if (refusal !== undefined) return refusal;
  }
  const { approved, booted, built } = await mac.collection();
  const changed = kexts.filter(kext => !booted.some(each => isSame(each, identityOf(kext))));
  const unapproved = changed.map(identityOf).filter(kext => !approved.some(each => isSame(each, kext)));
  if (unapproved.length > 0) {
    await mac.record([{ event: 'askApproval', kexts: unapproved }]);
    return notApproved(unapproved.map(({ identifier }) => identifier));
  }
  if (kexts.some(kext => !built.some(each => isSame(each, identityOf(kext)))))
    await mac.record([{ event: 'collect', kexts: await builtCollection(mac) }]);
  if (changed.length > 0) {
    return restartNeeded(changed.map(kext => identityOf(kext).identifier));
  }
  for (const kext of kexts) {
    const refusal = await started(mac, identityOf(kext).identifier, booted, signal);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}

/** Starts a kext of the collection, what it links against before it. */
async function started(
  mac: SimulatedMac,
  identifier: string,
  booted: readonly CollectedKext[],
  signal: AbortSignal,
): Promise<KmutilRefusal | undefined> {
  const kext = booted.find(each => each.identifier === identifier);
  if (kext === undefined) return undefined;
  const { kexts } = await mac.ask(signal);
  for (const library of kext.dependencies) {
    if (kexts.some(each => each.identifier === library)) continue;
    const refusal = await started(mac, library, booted, signal);
    if (refusal !== undefined) return refusal;
  }
  const { results } = await mac.happen([loadOf(kext)], signal);
  const status = results[0]?.status ?? 0;
  return status === 0 ? undefined : kernelRefused(status);
}

function unprivileged(kext: InstalledKext | undefined): KmutilRefusal {
  const name = kext?.infoPlist.bundleIdentifier ?? '';
  const description = `Insufficient permissions for action: Unable to load '${name}' in unprivileged request.`;
  return { number: kmutilNumbers.other, description };
}

function noExtension(identifier: string): KmutilRefusal {
  const description = `Could not find: Extension with identifier '${identifier}' not found`;
  return { number: kmutilNumbers.other, description };
}

function notApproved(identifiers: readonly string[]): KmutilRefusal {
  const description = `Extension with identifiers ${identifiers.join(',')} not approved to load. Please approve using System Settings.`;
  return { number: kmutilNumbers.notApproved, description };
}

function restartNeeded(identifiers: readonly string[]): KmutilRefusal {
  const description = `Loading extension(s): ${identifiers.join(',')} requires a reboot`;
  return { number: kmutilNumbers.restartNeeded, description };
}

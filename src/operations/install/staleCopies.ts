import { basename, posix } from 'node:path';
import type { KextBundle } from '../../bundle/kextBundle.ts';
import { isApple, isKextIdentifier } from '../../model/kext.ts';
import { loadedKext } from '../../model/snapshot.ts';
import {
  isKeptCopy,
  type KextPlace,
  leftoverOf,
  removableParent,
  replacementOf,
  requireRemovable,
} from '../../tools/kextPlaces.ts';
import { type Runner, visiting } from '../../tools/port/runner.ts';
import { UnknownToolText } from '../../tools/port/toolErrors.ts';
import { aloneOnKext } from '../aloneOnKext.ts';
import { asBound, boundTo } from '../boundTo.ts';
import { exclusiveTurn } from '../guarded.ts';
import { readSnapshot } from '../kernel/snapshot.ts';
import { neverCancelled } from '../neverCancelled.ts';
import type { Operation } from '../operation.ts';
import { product } from '../project/product.ts';
import { installFolderOf, placeOfCopy } from './installPlace.ts';
import { findKextCopies, type KextCopy } from './kextCopies.ts';
import { removeWhole, whyNotRemovable } from './removeWhole.ts';

/** A copy of the project's kext, and what it is to a reload. */
export interface SweptCopy extends KextCopy {
  /** Reload has installed it there and will replace it. */
  readonly isInstalledByReload: boolean;
  /** Its code is what the list of loaded kexts has. */
  readonly isLoaded: boolean;
  /** A sweep may remove it. */
  readonly isRemovable: boolean;
  /** What can be done about one that may not be removed. */
  readonly fix: string | undefined;
}

/** What a sweep has found. */
export interface Sweep {
  readonly bundleIdentifier: string;
  /** As in a sentence. */
  readonly target: string;
  readonly copies: readonly SweptCopy[];
  /** What could not be looked at. */
  readonly notices: readonly string[];
  /** Where Reload installs; absent where nothing was looked for. */
  readonly installFolder?: string;
}

/** What became of a copy that was to be removed; `failed`: why it is still there. */
export interface RemovedCopy {
  readonly path: string;
  readonly failed?: string;
}

/** Looks for all copies of the project's kext on the target: two round trips, besides the list of what is loaded. */
export async function findStaleCopies(operation: Operation, signal: AbortSignal): Promise<Sweep> {
  const { bundle } = await product(operation.project);
  return findAsBound(bundle === undefined ? operation : boundTo(operation, bundle), bundle, signal);
}

async function findAsBound(operation: Operation, bundle: KextBundle | undefined, signal: AbortSignal): Promise<Sweep> {
  const { project, target } = operation;
  const { bundleIdentifier } = project;
  if (!isKextIdentifier(bundleIdentifier)) {
    const notices = [
      `${bundleIdentifier} is filled in by the build, and no product tells what it comes to: build the kext first.`,
    ];
    return { bundleIdentifier, target: target.called, copies: [], notices };
  }
  const installFolder = await installFolderOf(operation, signal);
  const bundleName = bundle === undefined ? project.xcode?.productName : basename(bundle.folder);
  const snapshot = await readSnapshot(target, [], signal);
  const { copies, notices } = await findKextCopies(target, { bundleIdentifier, bundleName, installFolder }, signal);
  const known: Known = {
    bundleIdentifier,
    installFolder,
    bundleName,
    loaded: loadedKext(snapshot, bundleIdentifier)?.uuid,
    pending: (await operation.records.read())?.pending?.uuid,
    staging: stagingTool(snapshot.system.usesKernelmanagerd ?? false),
    copies,
  };
  const swept = copies.map(copy => sweptCopy(copy, known));
  return { bundleIdentifier, target: target.called, copies: swept, notices, installFolder };
}

/** What decides of a copy what it is to a reload. */
interface Known {
  readonly bundleIdentifier: string;
  /** Where Reload installs, under which name; undefined where no build says it. */
  readonly installFolder: string;
  readonly bundleName: string | undefined;
  /** The UUID of what is loaded, and of what waits for an approval or a restart. */
  readonly loaded: string | undefined;
  readonly pending: string | undefined;
  readonly staging: string;
  /** All that were found. */
  readonly copies: readonly KextCopy[];
}

function sweptCopy(copy: KextCopy, known: Known): SweptCopy {
  const isInstalledByReload = maybeReloads(copy, known);
  const why = isInstalledByReload ? undefined : whyItStays(copy, known);
  const isRemovable = !isInstalledByReload && why === undefined;
  return { ...copy, isInstalledByReload, isLoaded: isOf(copy, known.loaded), isRemovable, fix: why };
}

/** Without a build each copy in the folder where Reload installs may be the one that it has installed. */
function maybeReloads(copy: KextCopy, { installFolder, bundleName, pending }: Known): boolean {
  if (leftoverOf(copy.path) !== undefined || posix.dirname(copy.path) !== installFolder) return false;
  return bundleName === undefined || posix.basename(copy.path) === bundleName || isOf(copy, pending);
}

/** Why a copy that Reload has not installed may not be removed, and what can be done; undefined where it may be. */
function whyItStays(copy: KextCopy, known: Known): string | undefined {
  const { bundleIdentifier, installFolder, loaded, pending, staging, copies } = known;
  if (isApple(bundleIdentifier)) return apples;
  if (removableParent(copy.path, installFolder) === undefined) return fixOf(copy.place, staging);
  if (pending !== undefined && copy.place === 'leftover')
    return 'A reload that waits would put it back: finish that first.';
  const isLoaded = isOf(copy, loaded);
  if (isKeptCopy(copy.path)) {
    const isProved = copies.some(({ path, uuids }) => path === replacementOf(copy.path) && isOf({ uuids }, loaded));
    const comesBack = isLoaded || posix.dirname(copy.path) === installFolder;
    return comesBack && !isProved
      ? 'It is put back unless the copy in its place is proved: reload that first.'
      : undefined;
  }
  // What is loaded in place of a build that Reload has installed is what a sweep is for.
  const isLast = isLoaded && !copies.some(each => maybeReloads(each, known));
  return isLast ? 'Its code is loaded, and Reload has installed no other copy: reload first.' : undefined;
}

function isOf({ uuids }: Pick<KextCopy, 'uuids'>, uuid: string | undefined): boolean {
  return uuid !== undefined && uuids.includes(uuid);
}

const apples = "It is Apple's: it is shown, and never removed.";

function stagingTool(isKmutil: boolean): string {
  return isKmutil ? 'sudo kmutil clear-staging' : 'sudo kextcache --clear-staging';
}

function fixOf(place: KextPlace, staging: string): string {
  switch (place) {
    case 'system':
      return "It is the system's: it is shown, and never removed.";
    case 'staged':
      return `Only the system clears it: ${staging}`;
    default:
      return 'It lies inside of something else: remove it by hand, with whatever brought it.';
  }
}

/**
 * Removes copies that a sweep has found, each after `agrees` said so, and looks afterwards whether they are gone. No install of the kext
 * runs meanwhile. What may not be removed is not, whoever agrees; nor is what has become another copy, or is not stale any more, since
 * it was shown.
 */
export async function removeStaleCopies(
  operation: Operation,
  sweep: Sweep,
  agrees: (copy: SweptCopy) => Promise<boolean>,
  signal: AbortSignal,
): Promise<readonly RemovedCopy[]> {
  const chosen: SweptCopy[] = [];
  for (const copy of sweep.copies) if (copy.isRemovable && (await agrees(copy))) chosen.push(copy);
  signal.throwIfAborted();
  if (chosen.length === 0) return [];
  const turn = exclusiveTurn(operation);
  const work = async () => {
    const { bundle } = await product(operation.project);
    return asBound(operation, bundle, { turn }, signal, own => removeAgreed(own, bundle, chosen, signal));
  };
  const asRoot = () => operation.target.withAnswers(operation.askPassword, work);
  return aloneOnKext(operation, signal, asRoot, turn);
}

async function removeAgreed(
  operation: Operation,
  bundle: KextBundle | undefined,
  chosen: readonly SweptCopy[],
  signal: AbortSignal,
): Promise<readonly RemovedCopy[]> {
  const { copies, installFolder } = await findAsBound(operation, bundle, signal);
  const found = new Map(copies.map(copy => [copy.path, copy]));
  const failures = new Map<string, string>();
  await visiting(operation.target.runner, async mac => {
    for (const shown of chosen) {
      const copy = found.get(shown.path);
      const failed =
        copy === undefined
          ? undefined
          : (whyNotAnyMore(shown, copy) ?? (await removeOne(mac, operation, copy.path, installFolder)));
      if (failed !== undefined) failures.set(shown.path, failed);
    }
  });
  const left = new Set((await findAsBound(operation, bundle, neverCancelled())).copies.map(({ path }) => path));
  return chosen.map(({ path }): RemovedCopy => {
    const failed = failures.get(path) ?? (left.has(path) ? 'rm said nothing, and it is still there' : undefined);
    return failed === undefined ? { path } : { path, failed };
  });
}

/** Why what lies there is not what was agreed to. */
function whyNotAnyMore(shown: SweptCopy, copy: SweptCopy): string | undefined {
  if (copy.isInstalledByReload) return 'Reload has installed it meanwhile';
  if (!copy.isRemovable) return copy.fix;
  const isSame = shown.version === copy.version && shown.uuids.join() === copy.uuids.join();
  return isSame ? undefined : 'another copy lies there than the one that was shown';
}

/** Why a copy could not be removed; undefined where it was. */
async function removeOne(
  runner: Runner,
  { project, target }: Operation,
  path: string,
  installFolder: string | undefined,
): Promise<string | undefined> {
  requireRemovable(path, installFolder);
  const place = placeOfCopy(path, project.bundleIdentifier, target);
  try {
    const why = await whyNotRemovable(runner, [place.folder], neverCancelled());
    if (why === undefined) await removeWhole(runner, place, path);
    return why;
  } catch (error) {
    if (!(error instanceof UnknownToolText)) throw error;
    return error.output.stderr.trim() || error.message;
  }
}

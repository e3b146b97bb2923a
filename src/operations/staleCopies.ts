import { basename } from 'node:path';
import { isApple, isKextIdentifier } from '../model/kext.ts';
import { loadedKext } from '../model/snapshot.ts';
import { type KextPlace, removableParent, removeCopy } from '../tools/kextPlaces.ts';
import { ask } from '../tools/runner.ts';
import { UnknownToolText } from '../tools/toolErrors.ts';
import { aloneOnKext } from './aloneOnKext.ts';
import { boundTo } from './boundTo.ts';
import { exclusiveTurn } from './guarded.ts';
import { installFolderOf, placeIn } from './installPlace.ts';
import { findKextCopies, type KextCopy } from './kextCopies.ts';
import { neverCancelled } from './neverCancelled.ts';
import type { Operation } from './operation.ts';
import { product } from './product.ts';
import { readSnapshot } from './snapshot.ts';

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
}

/** What became of a copy that was to be removed; `failed`: why it is still there. */
export interface RemovedCopy {
  readonly path: string;
  readonly failed?: string;
}

/** Looks for all copies of the project's kext on the target: two round trips, besides the list of what is loaded. */
export async function findStaleCopies(operation: Operation, signal: AbortSignal): Promise<Sweep> {
  const { project, target } = operation;
  const { bundle } = await product(project);
  const { bundleIdentifier } = (bundle === undefined ? operation : boundTo(operation, bundle)).project;
  if (!isKextIdentifier(bundleIdentifier)) {
    const notices = [
      `${bundleIdentifier} is filled in by the build, and no product tells what it comes to: build the kext first.`,
    ];
    return { bundleIdentifier, target: target.called, copies: [], notices };
  }
  const installFolder = await installFolderOf(operation, signal);
  const bundleName = bundle === undefined ? undefined : basename(bundle.folder);
  const current = bundleName === undefined ? undefined : placeIn(installFolder, bundleName).path;
  const snapshot = await readSnapshot(target, [], signal);
  const loaded = loadedKext(snapshot, bundleIdentifier)?.uuid;
  const wanted = { bundleIdentifier, bundleName, installFolder };
  const { copies, notices } = await findKextCopies(target, wanted, signal);
  const known = {
    bundleIdentifier,
    current,
    loaded,
    waits: (await operation.records.read())?.pending !== undefined,
    staging: stagingTool(snapshot.system.usesKernelmanagerd ?? false),
  };
  return { bundleIdentifier, target: target.called, copies: copies.map(copy => sweptCopy(copy, known)), notices };
}

/** What decides of a copy what it is to a reload. */
interface Known {
  readonly bundleIdentifier: string;
  /** Where Reload installs. */
  readonly current: string | undefined;
  /** The UUID of what is loaded. */
  readonly loaded: string | undefined;
  /** A reload waits for an approval or a restart. */
  readonly waits: boolean;
  readonly staging: string;
}

function sweptCopy(copy: KextCopy, { bundleIdentifier, current, loaded, waits, staging }: Known): SweptCopy {
  const isInstalledByReload = copy.path === current;
  const stays = isInstalledByReload || isApple(bundleIdentifier) || (waits && copy.place === 'leftover');
  const isRemovable = !stays && removableParent(copy.path) !== undefined;
  return {
    ...copy,
    isInstalledByReload,
    isLoaded: loaded !== undefined && copy.uuids.includes(loaded),
    isRemovable,
    fix:
      isRemovable || isInstalledByReload ? undefined : isApple(bundleIdentifier) ? apples : fixOf(copy.place, staging),
  };
}

const apples = "It is Apple's: it is shown, and never removed.";

function stagingTool(isKmutil: boolean): string {
  return isKmutil ? 'sudo kmutil clear-staging' : 'sudo kextcache --clear-staging';
}

function fixOf(place: KextPlace, staging: string): string {
  switch (place) {
    case 'system':
      return "It is the system's: it is shown, and never removed.";
    case 'leftover':
      return 'A reload that waits would put it back: finish that first.';
    case 'staged':
      return `Only the system clears it: ${staging}`;
    default:
      return 'It lies inside of something else: remove it by hand, with whatever brought it.';
  }
}

/**
 * Removes copies that a sweep has found, each after `agrees` said so, and looks afterwards whether they are gone. No install of the kext
 * runs meanwhile. What may not be removed is not, whoever agrees.
 */
export async function removeStaleCopies(
  operation: Operation,
  sweep: Sweep,
  agrees: (copy: SweptCopy) => Promise<boolean>,
  signal: AbortSignal,
): Promise<readonly RemovedCopy[]> {
  const { target } = operation;
  const chosen: SweptCopy[] = [];
  for (const copy of sweep.copies) if (copy.isRemovable && (await agrees(copy))) chosen.push(copy);
  signal.throwIfAborted();
  if (chosen.length === 0) return [];
  const work = async () => {
    const failures = new Map<string, string>();
    for (const { path } of chosen) {
      const failed = await removeOne(operation, path);
      if (failed !== undefined) failures.set(path, failed);
    }
    const left = new Set((await findStaleCopies(operation, neverCancelled())).copies.map(({ path }) => path));
    return chosen.map(({ path }): RemovedCopy => {
      const failed = failures.get(path) ?? (left.has(path) ? 'rm said nothing, and it is still there' : undefined);
      return failed === undefined ? { path } : { path, failed };
    });
  };
  const asRoot = () => target.withRoot(operation.askPassword, work);
  return aloneOnKext(operation, signal, asRoot, exclusiveTurn(operation));
}

/** Why a copy could not be removed; undefined where it was. */
async function removeOne({ target }: Operation, path: string): Promise<string | undefined> {
  try {
    await ask(target.runner, removeCopy(path), neverCancelled());
    return undefined;
  } catch (error) {
    if (!(error instanceof UnknownToolText)) throw error;
    return error.output.stderr.trim() || error.message;
  }
}

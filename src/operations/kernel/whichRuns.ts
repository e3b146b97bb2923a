import type { KextBundle } from '../../bundle/kextBundle.ts';
import type { Diagnosis } from '../../diagnosis/diagnosis.ts';
import type { LoadProof } from '../../diagnosis/loadProof.ts';
import { wrongBuildRuns } from '../../diagnosis/wrongBuild.ts';
import type { Kext } from '../../model/kext.ts';
import { TargetLost } from '../../tools/port/toolErrors.ts';
import { installFolderOf } from '../install/installPlace.ts';
import { findKextCopies, type KextCopy } from '../install/kextCopies.ts';
import type { Operation } from '../operation.ts';
import { factsOf } from '../project/kextFacts.ts';

/** Says which code runs in place of the build that was loaded, and where it lies: by the row of before, the shelf and the target's disk. */
export async function anotherRuns(
  operation: Operation,
  bundle: KextBundle,
  proof: LoadProof,
  before: Kext | undefined,
  signal: AbortSignal,
): Promise<Diagnosis> {
  const { uuid } = proof;
  const earlier = uuid === null ? undefined : await operation.shelf?.shelved(uuid);
  const instead = {
    ranBefore: uuid !== null && before?.uuid === uuid,
    earlier: earlier === undefined ? undefined : { ...earlier, time: new Date(earlier.time) },
    copies: proof.kind === 'notListed' ? [] : await copiesOf(operation, signal),
  };
  return wrongBuildRuns(factsOf(operation), bundle.executable?.uuid, proof, instead, new Date());
}

/**
 * That another build runs is told, also where the disk could not be searched. What an install keeps beside the installed copy is not
 * what was loaded.
 */
async function copiesOf(operation: Operation, signal: AbortSignal): Promise<readonly KextCopy[]> {
  const { project, target } = operation;
  const { bundleIdentifier } = project;
  try {
    const installFolder = await installFolderOf(operation, signal);
    const { copies } = await findKextCopies(target, { bundleIdentifier, installFolder }, signal);
    return copies.filter(({ place }) => place !== 'leftover');
  } catch (error) {
    if (error instanceof TargetLost) throw error;
    return [];
  }
}

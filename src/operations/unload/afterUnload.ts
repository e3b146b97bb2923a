import type { KextBundle } from '../../bundle/kextBundle.ts';
import { unloadedOnly, unloadedOnlyText } from '../../diagnosis/unloadedOnly.ts';
import { TargetLost } from '../../tools/port/toolErrors.ts';
import { alsoSaying } from '../alsoSaying.ts';
import { ended } from '../ended.ts';
import { isCancel } from '../isCancel.ts';
import { listedUuid } from '../kernel/listedUuid.ts';
import type { Operation, OperationResult } from '../operation.ts';
import type { Phases } from '../phases.ts';
import { factsOf } from '../project/kextFacts.ts';

/**
 * Goes on with a reload that has taken the kext out of the kernel. Where it ends before it has brought another one in, that nothing of
 * the kext runs any more is said with what ended it, a cancel too.
 */
export async function afterUnload(
  operation: Operation,
  bundle: KextBundle,
  phases: Phases,
  signal: AbortSignal,
  work: () => Promise<OperationResult>,
): Promise<OperationResult> {
  const facts = factsOf(operation);
  const askedKernel = () => phases.records.some(({ name, kext }) => name === 'loading' && kext === undefined);
  try {
    const result = await work();
    if (askedKernel()) return result;
    const diagnoses = result.diagnoses.map(diagnosis =>
      diagnosis.severity === 'error'
        ? { ...diagnosis, message: `${diagnosis.message} ${unloadedOnlyText(facts)}` }
        : diagnosis,
    );
    return { ...result, diagnoses };
  } catch (error) {
    if (error instanceof TargetLost) throw error;
    const isGone = !askedKernel() || (await listedUuid(operation)) === 'notListed';
    if (!isGone) throw error;
    if (isCancel(error, signal)) return ended(phases, 'cancelled', [unloadedOnly(facts)], bundle);
    throw alsoSaying(error, unloadedOnlyText(facts));
  }
}

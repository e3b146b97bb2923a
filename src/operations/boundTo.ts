import type { KextBundle } from '../bundle/kextBundle.ts';
import { aloneAsBound } from './aloneOnKext.ts';
import type { Operation } from './operation.ts';
import type { Phases } from './phases.ts';
import { isFilledIn } from './project/productFit.ts';

/** The operation with the identifier of the product, where the source's Info.plist leaves that to a build which nobody knows. */
export function boundTo(operation: Operation, { infoPlist }: KextBundle): Operation {
  const { project } = operation;
  const { bundleIdentifier } = infoPlist;
  if (bundleIdentifier === undefined || isFilledIn(project.infoPlist.bundleIdentifier ?? '')) return operation;
  return { ...operation, project: { ...project, bundleIdentifier } };
}

/**
 * Does what an operation does once its product is known, as an operation on that product's kext: nothing else works on that either, another
 * checkout that builds the same kext for instance. Where there is no `bundle` the kext stays what it is.
 */
export function asBound<T>(
  operation: Operation,
  bundle: KextBundle | undefined,
  { turn }: Pick<Phases, 'turn'>,
  signal: AbortSignal,
  work: (own: Operation) => Promise<T>,
): Promise<T> {
  const own = bundle === undefined ? operation : boundTo(operation, bundle);
  return aloneAsBound(operation, own, signal, () => work(own), turn);
}

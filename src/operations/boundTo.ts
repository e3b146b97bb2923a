import type { KextBundle } from '../bundle/kextBundle.ts';
import type { Operation } from './operation.ts';
import { isFilledIn } from './productFit.ts';

/** The operation with the identifier of the product, where the source's Info.plist leaves that to a build which nobody knows. */
export function boundTo(operation: Operation, { infoPlist }: KextBundle): Operation {
  const { project } = operation;
  const { bundleIdentifier } = infoPlist;
  if (bundleIdentifier === undefined || isFilledIn(project.infoPlist.bundleIdentifier ?? '')) return operation;
  return { ...operation, project: { ...project, bundleIdentifier } };
}

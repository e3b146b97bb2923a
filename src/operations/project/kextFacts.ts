import type { LoadedKextFacts } from '../../diagnosis/loadFailure.ts';
import type { Target } from '../../tools/port/target.ts';
import type { KextProject } from './kextProject.ts';

/** What every diagnosis of a kext needs to know of the project and its target. */
export function factsOf({
  project,
  target,
}: {
  readonly project: Pick<KextProject, 'bundleIdentifier' | 'identifierPosition'>;
  readonly target: Pick<Target, 'called' | 'simulated'>;
}): LoadedKextFacts {
  return {
    bundleIdentifier: project.bundleIdentifier,
    target: target.called,
    simulated: target.simulated,
    identifierPosition: project.identifierPosition,
  };
}

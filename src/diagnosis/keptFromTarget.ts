import type { Diagnosis } from './diagnosis.ts';

/** That a build is kept from its target. */
export interface KeptFromTarget {
  /** As it is told once the build was to be installed. */
  readonly diagnosis: Diagnosis;
  /** Why, and what to do, as it is told before anything was tried. */
  readonly before: string;
}

/** `why`: a diagnosis that does not say yet that nothing was installed. */
export function keptFromTarget(why: Diagnosis): KeptFromTarget {
  return { diagnosis: { ...why, message: `${why.message} Nothing was installed.` }, before: beforeOf(why) };
}

/** The same of one whose message says that already. */
export function keptAsTold(diagnosis: Diagnosis): KeptFromTarget {
  return { diagnosis, before: beforeOf(diagnosis) };
}

function beforeOf({ message, remedy }: Diagnosis): string {
  return `${message} ${remedy}`;
}

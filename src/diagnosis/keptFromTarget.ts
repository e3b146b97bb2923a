import type { Diagnosis } from './diagnosis.ts';

/** Ends the message of a diagnosis that kept a build from its target. */
export const nothingWasInstalled = 'Nothing was installed.';

/** Why a build is kept from its target, and what to do, as it is told before anything was tried. */
export function whyKept({ message, remedy }: Pick<Diagnosis, 'message' | 'remedy'>): string {
  return `${message.replace(` ${nothingWasInstalled}`, '')} ${remedy}`;
}

import type { KextBundle } from '../bundle/kextBundle.ts';
import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import { crossBuilt } from '../diagnosis/installFailed.ts';
import { factsOf } from './kextFacts.ts';
import type { Operation } from './operation.ts';

/** Why the build is nothing for a real target; undefined where it may be. */
export function notForMac(operation: Operation, { infoPlist }: KextBundle): Diagnosis | undefined {
  return infoPlist.crossBuilt && !operation.target.simulated ? crossBuilt(factsOf(operation)) : undefined;
}

import { macosName } from '../model/capabilities.ts';
import type { BootPolicy, SystemFacts } from '../model/system.ts';
import { bootPolicyText, howToAllowKexts } from './bootPolicyText.ts';
import type { Diagnosis } from './diagnosis.ts';
import { type KeptFromTarget, keptAsTold, keptFromTarget } from './keptFromTarget.ts';
import type { LoadedKextFacts } from './loadFailure.ts';

/** A bundle that was built for the Simulated Mac is nothing for a Mac. */
export function crossBuilt(kext: LoadedKextFacts): KeptFromTarget {
  const told = unfit(kext, 'crossBuilt', {
    message: `${kext.bundleIdentifier} was built for the Simulated Mac (KextDevCrossBuilt in its Info.plist); it is not installed on ${kext.target}.`,
    evidence: [],
    remedy: "Build it for a Mac: without SIMULATED_MAC, with Apple's compiler and headers.",
  });
  return keptAsTold(told);
}

/** The build has no code for the target's kernel. `has`: what it has code for. */
export function noCodeForTarget(
  kext: LoadedKextFacts,
  wanted: string,
  has: readonly string[],
  why: string,
): KeptFromTarget {
  const only = has.length === 0 ? 'none at all' : `only for ${has.join(', ')}`;
  const told = unfit(kext, 'noCodeForTarget', {
    message: `${kext.bundleIdentifier} has no code for ${wanted}, which ${kext.target} runs: ${only}.`,
    evidence: [{ text: why }],
    remedy: `Build it for ${wanted}: ARCHS in Xcode, -arch ${wanted} for the compiler and the linker.`,
  });
  return keptFromTarget(told);
}

/** System Integrity Protection is on, and the build has no signature at all. */
export function notSigned(kext: LoadedKextFacts, system: SystemFacts): KeptFromTarget {
  const told = unfit(kext, 'notSigned', {
    message: `${kext.bundleIdentifier} has no signature, and ${kext.target} takes none without: System Integrity Protection is on.`,
    evidence: [
      { text: `csrutil status: enabled; ${macosName(system)}` },
      { text: 'No Contents/_CodeSignature in the bundle' },
    ],
    remedy:
      'Sign it with a Developer ID that may sign kexts, or turn the protection off on a test Mac: csrutil disable, in Recovery.',
  });
  return keptFromTarget(told);
}

/** The owner of the target has not let kexts in. */
export function keptOutByBootPolicy(kext: LoadedKextFacts, policy: BootPolicy, why: string): KeptFromTarget {
  const told = unfit(kext, 'keptOutByBootPolicy', {
    message: `The boot policy of ${kext.target} keeps ${kext.bundleIdentifier} out: ${bootPolicyText(policy)}.`,
    evidence: [{ text: `system_profiler SPiBridgeDataType: ${bootPolicyText(policy)}` }, { text: why }],
    remedy: howToAllowKexts,
  });
  return keptFromTarget(told);
}

function unfit(
  kext: LoadedKextFacts,
  cause: Diagnosis['cause'],
  told: Pick<Diagnosis, 'message' | 'evidence' | 'remedy'>,
): Diagnosis {
  return {
    about: 'load',
    cause,
    severity: 'error',
    holders: [],
    certainty: 'certain',
    ...told,
    ...(kext.identifierPosition === undefined ? {} : { anchor: kext.identifierPosition }),
  };
}

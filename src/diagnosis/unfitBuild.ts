import { macosName } from '../model/capabilities.ts';
import type { BootPolicy, SystemFacts } from '../model/system.ts';
import { bootPolicyText, howToAllowKexts } from './bootPolicyText.ts';
import type { Diagnosis } from './diagnosis.ts';
import { nothingWasInstalled } from './keptFromTarget.ts';
import type { LoadedKextFacts } from './loadFailure.ts';

/** A bundle that was built for the Simulated Mac is nothing for a Mac. */
export function crossBuilt(kext: LoadedKextFacts): Diagnosis {
  return unfit(kext, 'crossBuilt', {
    message: `${kext.bundleIdentifier} was built for the Simulated Mac (KextDevCrossBuilt in its Info.plist); it is not installed on ${kext.target}.`,
    evidence: [],
    remedy: "Build it for a Mac: without SIMULATED_MAC, with Apple's compiler and headers.",
  });
}

/** The build has no code for the target's kernel. `has`: what it has code for. */
export function noCodeForTarget(kext: LoadedKextFacts, wanted: string, has: readonly string[], why: string): Diagnosis {
  const only = has.length === 0 ? 'none at all' : `only for ${has.join(', ')}`;
  return unfit(kext, 'noCodeForTarget', {
    message: `${kext.bundleIdentifier} has no code for ${wanted}, which ${kext.target} runs: ${only}. ${nothingWasInstalled}`,
    evidence: [{ text: why }],
    remedy: `Build it for ${wanted}: ARCHS in Xcode, -arch ${wanted} for the compiler and the linker.`,
  });
}

/** System Integrity Protection is on, and the build has no signature at all. */
export function notSigned(kext: LoadedKextFacts, system: SystemFacts): Diagnosis {
  return unfit(kext, 'notSigned', {
    message: `${kext.bundleIdentifier} has no signature, and ${kext.target} takes none without: System Integrity Protection is on. ${nothingWasInstalled}`,
    evidence: [
      { text: `csrutil status: enabled; ${macosName(system)}` },
      { text: 'No Contents/_CodeSignature in the bundle' },
    ],
    remedy:
      'Sign it with a Developer ID that may sign kexts, or turn the protection off on a test Mac: csrutil disable, in Recovery.',
  });
}

/** The owner of the target has not let kexts in. */
export function keptOutByBootPolicy(kext: LoadedKextFacts, policy: BootPolicy, why: string): Diagnosis {
  return unfit(kext, 'keptOutByBootPolicy', {
    message: `The boot policy of ${kext.target} keeps ${kext.bundleIdentifier} out: ${bootPolicyText(policy)}. ${nothingWasInstalled}`,
    evidence: [{ text: `system_profiler SPiBridgeDataType: ${bootPolicyText(policy)}` }, { text: why }],
    remedy: howToAllowKexts,
  });
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

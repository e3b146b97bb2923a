import { type KeptFromTarget, keptFromTarget } from './keptFromTarget.ts';
import type { LoadedKextFacts } from './loadFailure.ts';

/** The kext is loaded, and no folder that the target loads from has a copy: something else puts it into the kernel at each start. */
export function providedAtBoot(kext: LoadedKextFacts, searched: readonly string[]): KeptFromTarget {
  return keptFromTarget({
    about: 'load',
    cause: 'providedAtBoot',
    severity: 'error',
    message: `${kext.bundleIdentifier} is loaded on ${kext.target}, and no folder there has a copy of it: a bootloader or a kext collection puts it into the kernel.`,
    evidence: [{ text: `No copy in ${searched.join(', ')}` }],
    holders: [],
    remedy: `Take it out of there and restart ${kext.target}. To have your build installed beside it all the same, in /Library/Extensions, set kext.install.path to that folder (in a terminal --install-path).`,
    certainty: 'likely',
    ...(kext.identifierPosition === undefined ? {} : { anchor: kext.identifierPosition }),
  });
}

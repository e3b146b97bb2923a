import { macosName } from '../model/capabilities.ts';
import type { SystemFacts } from '../model/system.ts';
import type { Diagnosis } from './diagnosis.ts';
import type { LoadedKextFacts } from './loadFailure.ts';

/** What to do if the target no longer starts with the kext that was installed at `path`, from where each of its starts takes it. */
export function recoveryAdvice(kext: LoadedKextFacts, path: string, system: SystemFacts): Diagnosis {
  return {
    about: 'load',
    cause: 'recoveryAdvice',
    severity: 'information',
    message: `${macosName(system)} loads ${kext.bundleIdentifier} at each start. If ${kext.target} no longer starts: safe mode, then remove ${path}.`,
    evidence: [{ text: safeMode(system) }, { text: `sudo rm -rf ${quoted(path)}` }],
    holders: [],
    remedy: 'Keep this at hand; it is told once for each target, and stays on the page of this code.',
    certainty: 'certain',
    ...(kext.identifierPosition === undefined ? {} : { anchor: kext.identifierPosition }),
  };
}

// Apple, "How to use safe mode on your Mac".
function safeMode({ architecture }: SystemFacts): string {
  return architecture?.startsWith('x86_64') === true
    ? 'Safe mode: turn it on and hold Shift until the login window is there.'
    : 'Safe mode: turn it off, hold the power button until the startup options are there, choose the disk, and hold Shift at Continue.';
}

function quoted(path: string): string {
  return /^[\w@%+=:,./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}

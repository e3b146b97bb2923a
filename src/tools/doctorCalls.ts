import { bootArguments } from './bootArguments.ts';
import { currentTime } from './date.ts';
import { freeSpace } from './df.ts';
import { userGroups } from './id.ts';
import { kernelDebugKits } from './kernelDebugKits.ts';
import { nextBootArguments } from './nvram.ts';
import { kextConsent } from './spctl.ts';
import { sudoRights } from './sudoRights.ts';
import { startupSecurity } from './systemProfiler.ts';
import { whichPrograms } from './which.ts';

/** The programs of macOS that the product knows, on one system or another. */
export const knownPrograms = [
  ...['kextstat', 'kextload', 'kextunload', 'kextutil', 'kextlibs', 'kmutil'],
  ...['ioclasscount', 'ioreg', 'log', 'ps', 'sw_vers', 'sysctl', 'csrutil', 'sudo'],
] as const;

/** Where copies of a bundle go, and where the system is. */
export const installPlaces = ['/', '/private/tmp', '/Library'] as const;

/** What only the doctor asks, its clock first: it is compared with this machine's from before to after. */
export function doctorCalls() {
  return [
    currentTime(),
    whichPrograms(knownPrograms),
    bootArguments(),
    nextBootArguments(),
    freeSpace(installPlaces),
    kernelDebugKits(),
    kextConsent(),
    startupSecurity(),
    userGroups(),
    sudoRights(),
  ] as const;
}

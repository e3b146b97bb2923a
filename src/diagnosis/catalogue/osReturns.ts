import { osReturns } from '../../tools/osReturn.ts';
import {
  type Anchor,
  bundle,
  type CatalogueRow,
  classNamed,
  environment,
  executable,
  infoPlist,
  moduleFunction,
} from './catalogueRow.ts';

interface Meaning {
  readonly cause: string;
  readonly remedy: string;
  readonly anchor: Anchor;
}

const system = (cause: string, remedy: string): Meaning => ({ cause, remedy, anchor: environment });
const whole = (cause: string, remedy: string): Meaning => ({ cause, remedy, anchor: bundle });
const property = (key: string, cause: string, remedy: string): Meaning => ({ cause, remedy, anchor: infoPlist(key) });
const ofClass = (cause: string, remedy: string): Meaning => ({ cause, remedy, anchor: classNamed() });

const restart = 'Restart the Mac, and try again.';

/** What each return code of libkern means by itself, without the message that comes with it. */
const meanings: Readonly<Record<number, Meaning>> = {
  3690987521: system(
    'libkern failed without a kind of its own; mostly a security policy forbade it.',
    'Read the kernel log, and check System Integrity Protection.',
  ),
  3691003905: system('The bookkeeping of libkern’s classes is not in order.', restart),
  3691003906: ofClass(
    'Objects of the kext’s classes are left, so its classes cannot be taken out.',
    'Look at the class lines of the kernel, and find out who holds each object or where it leaks.',
  ),
  3691003907: ofClass(
    'A class was constructed outside the start of its kext.',
    'Let OSDefineMetaClassAndStructors stand at file level.',
  ),
  3691003908: system('The kernel had no memory for starting the classes of the kext.', restart),
  3691003909: system('The kernel had no memory for its tables of classes.', restart),
  3691003910: system('The kernel had no memory for the list of classes of the kext.', restart),
  3691003911: ofClass('A class could not be noted down.', restart),
  3691003912: ofClass(
    'The superclass of a class is not there.',
    'Check the superclass in the OSDefine macro, and that its kext is in OSBundleLibraries.',
  ),
  3691003913: ofClass(
    'The superclass was not there when an object was made.',
    'Check the superclass in the OSDefine macro.',
  ),
  3691003914: ofClass(
    'Another kext already has a class of that name.',
    'Rename the class, with a reverse-DNS prefix; or unload the other kext.',
  ),
  3691003915: property(
    'CFBundleIdentifier',
    'The name in kmod_info (MODULE_NAME) is not the identifier of any kext that is being loaded.',
    'Make MODULE_NAME and CFBundleIdentifier the same.',
  ),
  3691020289: system(
    'Something went wrong inside the kernel’s handling of kexts.',
    'Read the kernel log, and restart.',
  ),
  3691020290: system('The kernel had no memory for it.', restart),
  3691020291: system('Something other than memory is short in the kernel.', restart),
  3691020292: system(
    'Only root may do this; on systems with collections only kmutil and the tools that call it.',
    'Run the tool with sudo.',
  ),
  3691020293: system(
    'The request was not one that the kernel takes.',
    'Use the system’s own tools; check identifiers and options.',
  ),
  3691020294: property(
    'CFBundleIdentifier',
    'The kernel has no such kext: it is not loaded, or spelt otherwise.',
    'Compare the identifier with the list of loaded kexts.',
  ),
  3691020295: whole(
    'What came to the kernel is damaged: a cache, or the kext’s own kmod_info.',
    'Build from clean and install again; rebuild the caches.',
  ),
  3691020296: whole('A property list could not be read or written.', 'Check the Info.plist with plutil -lint.'),
  3691020297: system('This system does not offer it.', 'Use the tool that fits this version of macOS.'),
  3691020298: system(
    'It is switched off at this moment: at shutdown, or because this kernel takes kexts of its collections alone.',
    'Restart; on a system with collections let the auxiliary collection be rebuilt first.',
  ),
  3691020299: whole(
    'The folder is no kext.',
    'Check that Contents/Info.plist is there, and that its CFBundlePackageType is KEXT.',
  ),
  3691020300: whole(
    'A property of the Info.plist is missing or wrong, or the executable is no kext.',
    'Run kextutil -n -t on it, or kmutil print-diagnostics -p.',
  ),
  3691020301: whole(
    'A file of the bundle does not belong to root:wheel, or may be changed by others.',
    'On the installed copy: chown -R root:wheel, then chmod -R go-w.',
  ),
  3691020302: property(
    'OSBundleLibraries',
    'A library is missing, or not there in a version that fits.',
    'Look for the line that names the library.',
  ),
  3691020303: {
    cause: 'The executable is missing, or has no code for this kernel’s processor.',
    remedy: 'Build for the architecture of the Mac: arm64e on Apple silicon, x86_64 on Intel.',
    anchor: executable,
  },
  3691020304: system(
    'A cache of kexts is out of date or damaged.',
    'Rebuild it (touch /Library/Extensions, or kmutil), and restart.',
  ),
  3691020305: system(
    'The kernel handed the request to the daemon in user space, which has not answered yet.',
    'Wait, and look at the list of loaded kexts.',
  ),
  3691020306: property(
    'OSBundleRequired',
    'The Mac runs in a safe boot, for which the kext is not meant.',
    'Restart without safe boot.',
  ),
  3691020307: whole(
    'The kext may not be loaded: a security check, an exclude list, or it is in no collection.',
    'Read the lines before it: "Kext rejected due to" names the check.',
  ),
  3691020308: whole(
    'Another build of the kext is loaded, and yours does not run.',
    'Unload the one that is loaded; where that is refused, restart.',
  ),
  3691020309: property(
    'OSBundleLibraries',
    'A kext that it is linked against did not load.',
    'Load that one alone, and read what is said of it.',
  ),
  3691020310: property(
    'OSBundleLibraries',
    'A symbol or a vtable was not found when the kext was linked.',
    'Read the kxld lines, or the items of the collection’s error.',
  ),
  3691020311: {
    cause:
      'The module start or stop function did not return KERN_SUCCESS, or the classes could not be registered or torn down.',
    remedy: 'Look at each of its returns; the line "did not start" or "did not stop" has the value.',
    anchor: moduleFunction('start or stop'),
  },
  3691020312: whole(
    'The kext is needed: its classes have instances, other kexts are linked against it, somebody retains it, or its collection holds it.',
    'Read the kernel’s line before it, which says which of these it is.',
  ),
  3691020313: system(
    'Nobody answered the request in time.',
    'Look for a kext that hangs in its start or stop function.',
  ),
  3691020314: {
    cause: 'A kext that is being stopped asked for something.',
    remedy: 'Make no requests of the kernel from the stop function.',
    anchor: moduleFunction('stop'),
  },
  3691020315: system(
    'Nobody has approved the kext on this Mac yet.',
    'Approve it in System Settings, Privacy & Security, and restart.',
  ),
  3691020316: system('A kext collection could not be mapped.', 'Let the collections be rebuilt, and restart.'),
  3691020317: system(
    'The system collection could not be mapped, and no kext that needs it can be loaded.',
    'Reinstall macOS where a restart does not help.',
  ),
  3691020318: system(
    'The auxiliary collection could not be loaded, so no third party’s kext is there.',
    'Let it be rebuilt (kmutil, or install a kext), and restart.',
  ),
  3691020319: system(
    'Neither the auxiliary nor the system collection could be loaded.',
    'Let the auxiliary one be rebuilt, and restart; reinstall macOS where that does not help.',
  ),
};

/** One row for each code of libkern: `osReturns.kOSKextReturnInUse`. */
export const osReturnRows: readonly CatalogueRow[] = osReturns.flatMap(({ code, symbol, text }) => {
  const meaning = meanings[code];
  if (meaning === undefined) return [];
  return [
    {
      id: `osReturns.${symbol.includes('|') ? 'kOSKextReturnKCLoadFailureBoth' : symbol}`,
      component: 'kernel' as const,
      patterns: [],
      code,
      summary: true as const,
      severity: 'error' as const,
      ...meaning,
      example: text ?? symbol,
    },
  ];
});

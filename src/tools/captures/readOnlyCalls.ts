import { isKextIdentifier } from '../../model/kext.ts';
import { integrityProtection } from '../csrutil.ts';
import { doctorCalls } from '../doctorCalls.ts';
import { entryNumbers, fileDigests, fileEntry } from '../fileTools.ts';
import { findInfoPlists, findLeftovers, findOnVolumes } from '../findCopies.ts';
import { userNumber } from '../id.ts';
import { ioclasscount } from '../ioclasscount.ts';
import { ioregArchive, ioregObjects } from '../ioregArchive.ts';
import { ioregTree } from '../ioregTree.ts';
import { kernelLog } from '../kernelLog.ts';
import { searchedFolders } from '../kextPlaces.ts';
import { loadedKexts } from '../loadedKexts.ts';
import { propertyListText } from '../plutil.ts';
import type { ToolCommand } from '../port/toolCommand.ts';
import { processOwner } from '../processOwner.ts';
import { processes } from '../ps.ts';
import { swVers } from '../swVers.ts';
import { kernelValues } from '../sysctl.ts';

/** Asked for where a project has no classes: there is one object of it on every Mac. */
const onEveryMac = 'IOResources';

/** Read where an install and a sweep read a copy of the kext; there is one on every Mac. */
const folderOnEveryMac = '/Library/Extensions';
const fileOnEveryMac = '/System/Library/CoreServices/SystemVersion.plist';
const processOnEveryMac = 1;

/** What is developed, as far as it is asked about. */
export interface ReadKext {
  /** Of libkern, as at run time. */
  readonly classes: readonly string[];
  readonly bundleIdentifier?: string;
}

const listTools = ['kextstat', 'kmutil showloaded'] as const;

/** Objects come with their properties; those of so many classes show how the tool prints them. */
const mostClasses = 8;

/**
 * Every call by which the product reads a target, as the product makes it, for that kext; the system first. None of them
 * needs root, and none changes anything. Reports of panics are not read: they are none of a recording's business.
 */
export function readOnlyCalls(kext: ReadKext): readonly ToolCommand<unknown>[] {
  const classes = kext.classes.length > 0 ? kext.classes : [onEveryMac];
  return [
    swVers(),
    kernelValues(),
    integrityProtection(),
    // Either, whatever the system lists its kexts by: a shim is worth seeing, too.
    ...listTools.map(value => loadedKexts({ listTool: { value } })),
    ioclasscount(),
    ioclasscount(classes),
    ioregArchive(),
    ...classes.slice(0, mostClasses).map(ioregObjects),
    ...classes.slice(0, mostClasses).map(ioregTree),
    processes(),
    kernelLog(),
    ...doctorCalls(),
    fileEntry(folderOnEveryMac),
    entryNumbers([folderOnEveryMac]),
    fileDigests([fileOnEveryMac]),
    propertyListText(fileOnEveryMac),
    processOwner(processOnEveryMac),
    userNumber(),
    findLeftovers(),
    ...copiesOf(kext.bundleIdentifier),
  ];
}

/** The identifier of a project may be filled in by its build, or be none at all. */
function copiesOf(identifier = ''): readonly ToolCommand<unknown>[] {
  return isKextIdentifier(identifier) ? [findInfoPlists(identifier, searchedFolders), findOnVolumes(identifier)] : [];
}

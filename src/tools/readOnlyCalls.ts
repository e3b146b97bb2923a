import { integrityProtection } from './csrutil.ts';
import { doctorCalls } from './doctorCalls.ts';
import { ioclasscount } from './ioclasscount.ts';
import { ioregArchive, ioregObjects } from './ioregArchive.ts';
import { ioregTree } from './ioregTree.ts';
import { kernelLog } from './kernelLog.ts';
import { loadedKexts } from './loadedKexts.ts';
import { processes } from './ps.ts';
import { swVers } from './swVers.ts';
import { kernelValues } from './sysctl.ts';
import type { ToolCommand } from './toolCommand.ts';

/** Asked for where a project has no classes: there is one object of it on every Mac. */
const onEveryMac = 'IOResources';

const listTools = ['kextstat', 'kmutil showloaded'] as const;

/** Objects come with their properties; those of so many classes show how the tool prints them. */
const mostClasses = 8;

/**
 * Every call by which the product reads a target, as the product makes it, for those classes; the system first. None of them
 * needs root, and none changes anything.
 */
export function readOnlyCalls(classNames: readonly string[]): readonly ToolCommand<unknown>[] {
  const classes = classNames.length > 0 ? classNames : [onEveryMac];
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
  ];
}

import { onceFor } from '../../model/onceFor.ts';
import { bsdNames } from './bsdNames.ts';
import { deviceNames } from './deviceNames.ts';
import { ioKitNames } from './ioKitNames.ts';
import { machNames } from './machNames.ts';
import { mediaNames } from './mediaNames.ts';

/** The prefixes that the kernel's public names have; a name that has one is in no list. */
const prefixes = [
  /^_{0,2}[kg]?(?:IO|OS)[A-Z]/,
  /^_{0,2}(?:lck|thread|kern|mach|clock|kauth|vnode|vnop|ifnet|mbuf|proc|vm|sysctl|ml|ctl|sflt|vfs|sock|uio|task)_/,
  /^_{0,2}(?:semaphore|ipf|iflt|bpf|cdevsw|bdevsw|devfs|kmem|ubc|mac|audit|pmap|dlil|memory_object|os_log|PE|VNOP)_/,
  /^k(?:USB|SCSI|ATA|PCI|FireWire|ACPI)[A-Z]/,
  /^(?:KERN|MACH|THREAD|TASK|VFS|MBUF|IFNET|KAUTH|CTL|CTLTYPE|CTLFLAG|SYSCTL|LCK|VNODE|TAILQ|STAILQ|SLIST)_/,
];

const lists = [ioKitNames, deviceNames, mediaNames, bsdNames, machNames];

const namesIn = onceFor((texts: readonly string[]) => new Set(texts.join(' ').split(/\s+/)));

/**
 * How a name is known to be one of a Mac's kernel programming interfaces: it stands in the lists, or only begins as
 * the kernel's names do. undefined: it is not known. The lists have what the headers of Apple's Kernel framework declare
 * for kexts: functions, methods, types, error numbers and the constants that are used most.
 */
export function kernelName(name: string): 'listed' | 'prefixed' | undefined {
  if (namesIn(lists).has(name)) return 'listed';
  return prefixes.some(prefix => prefix.test(name)) ? 'prefixed' : undefined;
}

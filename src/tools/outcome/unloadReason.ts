import type { UnloadLine } from '../kextunload.ts';

/** What had become of the kext when the kernel turned its unload down. Its classes are taken out with its services terminated. */
export type UnloadProgress = 'nothing terminated' | 'some terminated' | 'terminated' | 'classes taken out';

/**
 * Why an unload was refused, in the order of the kernel's checks from the last to the first (xnu: OSKext::removeKext,
 * IOCatalogue::terminateDriversForModule, OSKext::unload), and what had become of the services by then.
 */
const progress = {
  memoryNotFreed: 'classes taken out',
  instancesAfterStop: 'classes taken out',
  stopFailed: 'classes taken out',
  moduleDamaged: 'classes taken out',
  referencesAtStop: 'classes taken out',
  /** With the lines of the classes. */
  instances: 'terminated',
  /** Without one: a class was only looked up at that moment. */
  classLookedUp: 'terminated',
  outstandingReferences: 'terminated',
  unloadingDisabled: 'terminated',
  /** It was refused at one service; those that were visited before it are gone. */
  terminateDisallowed: 'some terminated',
  servicesFailedToTerminate: 'some terminated',
  noMemoryToTerminate: 'nothing terminated',
  dependents: 'nothing terminated',
  unsupportedByCache: 'nothing terminated',
  removalVetoed: 'nothing terminated',
  notEntitled: 'nothing terminated',
  /** The kernel's own summary of those above that come with terminated services; of others it makes none. */
  failedLate: 'terminated',
  /** Asked for with -p, and done. */
  servicesTerminated: 'terminated',
  classNotTerminated: 'some terminated',
  notFoundAtPath: 'nothing terminated',
  /** kmutil, before it asked the kernel. */
  notAsked: 'nothing terminated',
} as const satisfies Readonly<Record<string, UnloadProgress>>;

export type UnloadReasonKind = keyof typeof progress;

/** The reason that was given, with the line that gives it. */
export interface UnloadReason {
  readonly kind: UnloadReasonKind;
  readonly progress: UnloadProgress;
  readonly text: string;
}

const inOrder = Object.keys(progress) as readonly UnloadReasonKind[];

/** The reason that these lines give: the one of the latest check. undefined where they only sum up that it was refused. */
export function unloadReason(lines: readonly UnloadLine[]): UnloadReason | undefined {
  const found = new Map<UnloadReasonKind, string>();
  for (const line of lines) {
    const kind = reasonIn(line);
    if (kind !== undefined && !found.has(kind)) found.set(kind, line.text);
  }
  const kind = inOrder.find(each => found.has(each));
  return kind && { kind, progress: progress[kind], text: found.get(kind) ?? '' };
}

// OSKextLib.h, IOReturn.h, OSReturn.h
const inUse = 0xdc008018;
const unsupported = 0xe00002c7;
const noMemory = 0xe00002bd;
const hasInstances = 0xdc004002;

/** The reason that one line gives. */
export function reasonIn(line: UnloadLine): UnloadReasonKind | undefined {
  switch (line.kind) {
    case 'didNotStop':
      return line.code === hasInstances ? 'instancesAfterStop' : 'stopFailed';
    case 'moduleStopReturned':
      return 'stopFailed';
    case 'classInstances':
      return 'instances';
    case 'classesHaveInstances':
      return 'classLookedUp';
    case 'servicesFailedToTerminate':
      return reasonOfTermination(line.code);
    case 'failedToTerminateClass':
      return 'classNotTerminated';
    case 'kextFailedToUnload':
      return 'failedLate';
    case 'notCreated':
      return 'notFoundAtPath';
    case 'kmutilError':
      return reasonOfKmutil(line);
    case 'memoryNotFreed':
    case 'instancesAfterStop':
    case 'moduleDamaged':
    case 'referencesAtStop':
    case 'outstandingReferences':
    case 'unloadingDisabled':
    case 'servicesTerminated':
    case 'terminateDisallowed':
    case 'unsupportedByCache':
    case 'removalVetoed':
    case 'notEntitled':
      return line.kind;
    default:
      return undefined;
  }
}

function reasonOfTermination(code: number): UnloadReasonKind {
  if (code === inUse) return 'dependents';
  if (code === unsupported) return 'terminateDisallowed';
  return code === noMemory ? 'noMemoryToTerminate' : 'servicesFailedToTerminate';
}

function reasonOfKmutil({ says, code }: Extract<UnloadLine, { kind: 'kmutilError' }>): UnloadReasonKind | undefined {
  if (says.kind === 'bundleNotFound') return 'notFoundAtPath';
  const isOfKernel = code !== undefined || says.kind === 'kernelRequestFailed';
  return isOfKernel || says.kind === 'kextNotFound' || says.kind === 'notPermitted' ? undefined : 'notAsked';
}

import { onResources, type Truth } from '../../skeleton/truth.ts';

export const truth: Truth = {
  about: 'objects of the kernel’s own classes are made as arguments and lost: the kext goes, and nobody names them',
  signals: ['R11'],
  personalities: { BatteryGauge: onResources('BatteryGauge') },
  unload: 'unloaded',
  lostKernelObjects: { OSNumber: 1, OSString: 1 },
  faults: ['OSNumber::withNumber(3, 8)', 'OSString::withCString("LiPo")'],
};

import { onResources, type Truth } from '../../skeleton/truth.ts';

export const truth: Truth = {
  about: 'a notifier is forgotten: the kext goes, and the kernel keeps the notifier and where its handler was',
  signals: ['R8', 'R4'],
  personalities: { VolumeKnob: onResources('VolumeKnob') },
  unload: 'unloaded',
  lostKernelObjects: { _IOServiceInterestNotifier: 1 },
  faults: ['provider->registerInterest'],
};

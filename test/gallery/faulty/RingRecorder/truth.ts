import { onResources, type Truth } from '../../skeleton/truth.ts';

export const truth: Truth = {
  about: 'a class without the macros is leaked, and its superclass is named',
  case: 'B',
  signals: ['R1'],
  personalities: { RingRecorder: onResources('RingRecorder') },
  unload: 'refused',
  classes: [{ class: 'Ring', verdict: 'leaked', instances: 1 }],
  faults: ['locked->retain()'],
};

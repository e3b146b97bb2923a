import { onResources, type Truth } from '../../skeleton/truth.ts';

export const truth: Truth = {
  about: 'an event source is released and never removed: the provider’s work loop keeps it',
  case: 'B',
  signals: ['R5'],
  personalities: { PulseCounter: onResources('PulseCounter') },
  unload: 'refused',
  classes: [{ class: 'PulseSource', verdict: 'leaked', instances: 1 }],
  faults: ['workLoop->addEventSource(source)'],
};

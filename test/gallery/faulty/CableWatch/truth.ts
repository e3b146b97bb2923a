import { onResources, type Truth } from '../../skeleton/truth.ts';

export const truth: Truth = {
  about: 'stop() disables a notifier and never removes it, and with it stays the reference of its target',
  case: 'B',
  signals: ['R8', 'R1'],
  personalities: { CableWatch: onResources('CableWatch') },
  unload: 'refused',
  classes: [{ class: 'CableWatch', verdict: 'leaked', instances: 1 }],
  faults: ['addMatchingNotification'],
};

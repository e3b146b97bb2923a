import { onResources, type Truth } from '../../skeleton/truth.ts';

export const truth: Truth = {
  about: 'children are allocated, attached and started, and stop() forgets them without a release',
  case: 'B',
  signals: ['R6', 'R4'],
  personalities: { LampRack: onResources('LampRack') },
  unload: 'refused',
  classes: [{ class: 'Lamp', takenAt: ['OSTypeAlloc(Lamp)'], verdict: 'leaked', instances: 3 }],
  faults: ['lamps[slot] = lamp'],
};

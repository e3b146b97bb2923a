import { onResources, type Truth } from '../../skeleton/truth.ts';

export const truth: Truth = {
  about: 'a driver of another kext holds the nub open, and closes it only in stop(), which waits for that',
  case: 'A1',
  signals: ['R7'],
  personalities: { GamepadHub: onResources('GamepadHub') },
  neighbour: {
    name: 'GamepadLogger',
    personalities: { GamepadLogger: { IOClass: 'GamepadLogger', IOProviderClass: 'GamepadNub' } },
  },
  unload: 'refused',
  classes: [
    { class: 'GamepadHub', verdict: 'held', instances: 1, inactive: 1 },
    { class: 'GamepadNub', verdict: 'held', instances: 1, inactive: 1 },
  ],
  faults: ['provider->open(this)'],
};

import { onDevice, plug, type Truth, unplug } from '../../skeleton/truth.ts';

export const truth: Truth = {
  about: 'a driver closes its provider only in stop(): every device that is pulled out leaves it behind',
  case: 'A1',
  signals: ['R7'],
  personalities: { RumblePad: onDevice('RumblePad', 'pad') },
  happens: [plug('pad'), unplug('pad'), plug('pad'), unplug('pad'), plug('pad')],
  unload: 'refused',
  classes: [{ class: 'RumblePad', verdict: 'held', instances: 2, inactive: 2 }],
  faults: ['provider->open(this)'],
};

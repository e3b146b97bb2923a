import { call, onResources, open, type Truth } from '../../skeleton/truth.ts';

export const truth: Truth = {
  about: 'a user client closes its provider only when its process closes it, never when the driver is terminated',
  case: 'A1',
  signals: ['R7', 'R10'],
  personalities: { LightBar: onResources('LightBar', { IOUserClientClass: 'LightBarUserClient' }) },
  happens: [open('LightBar'), call(0), call(2, [0xff8800])],
  unload: 'refused',
  classes: [
    { class: 'LightBar', verdict: 'held', instances: 1, inactive: 1 },
    { class: 'LightBarUserClient', verdict: 'held', instances: 1, inactive: 1, busy: 1 },
  ],
  faults: ['bar->open(this)'],
};

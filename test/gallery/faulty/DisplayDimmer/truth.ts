import { call, onResources, open, quit, type Truth } from '../../skeleton/truth.ts';

export const truth: Truth = {
  about: 'a user client below another kext’s object: neither its process’s end nor the unload terminates it',
  case: 'A5',
  signals: ['R10'],
  personalities: { DisplayDimmer: onResources('DisplayDimmer') },
  happens: [
    open('IOResources', 501),
    call(0, [40], 501),
    quit(501),
    open('IOResources', 502),
    call(0, [90], 502),
    quit(502),
  ],
  unload: 'refused',
  classes: [{ class: 'DisplayDimmerUserClient', verdict: 'held', instances: 2, active: 2 }],
  faults: ['provider->setProperty(kIOUserClientClassKey'],
};

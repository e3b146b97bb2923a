import { onResources, type Truth, wait } from '../../skeleton/truth.ts';

export const truth: Truth = {
  about: 'a pending thread call holds a reference to the driver, and cancelling the call gives none back',
  case: 'B',
  signals: ['R1'],
  personalities: { ClockKeeper: onResources('ClockKeeper') },
  happens: [wait(25)],
  unload: 'refused',
  classes: [{ class: 'ClockKeeper', verdict: 'leaked', instances: 1 }],
  faults: ['retain()'],
};

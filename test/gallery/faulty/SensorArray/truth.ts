import { onResources, type Truth } from '../../skeleton/truth.ts';

export const truth: Truth = {
  about: 'start() of a driver waits for a device that does not answer, and termination waits for start()',
  case: 'A6',
  signals: [],
  personalities: {
    SensorArray: onResources('SensorArray'),
    SensorDriver: { IOClass: 'SensorDriver', IOProviderClass: 'SensorChannel' },
  },
  stillStarting: ['SensorDriver'],
  unload: 'refused',
  classes: [
    { class: 'SensorArray', verdict: 'held', instances: 1, inactive: 1 },
    { class: 'SensorChannel', verdict: 'held', instances: 1, inactive: 1 },
    { class: 'SensorDriver', verdict: 'held', instances: 1, inactive: 1 },
  ],
  faults: ['IOLockSleep(lock, &ready, THREAD_UNINT)'],
};

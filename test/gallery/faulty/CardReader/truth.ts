import { callAndStay, onResources, open, type Truth } from '../../skeleton/truth.ts';

export const truth: Truth = {
  about: 'a call waits inside the user client, and nothing wakes it when the driver is terminated',
  case: 'A3',
  signals: [],
  personalities: { CardReader: onResources('CardReader', { IOUserClientClass: 'CardReaderUserClient' }) },
  happens: [open('CardReader'), callAndStay(0)],
  unload: 'refused',
  classes: [
    { class: 'CardReader', verdict: 'held', instances: 1, inactive: 1 },
    { class: 'CardReaderUserClient', verdict: 'held', instances: 1, inactive: 1 },
  ],
  faults: ['gate->commandSleep(&card, THREAD_UNINT)'],
};

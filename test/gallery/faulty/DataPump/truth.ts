import { call, onResources, open, type Truth } from '../../skeleton/truth.ts';

export const truth: Truth = {
  about: 'handleOpen() counts every open of a client, which closes once: the last one is never undone',
  case: 'A1',
  signals: ['R7'],
  personalities: { DataPump: onResources('DataPump', { IOUserClientClass: 'DataPumpUserClient' }) },
  happens: [open('DataPump'), call(0)],
  unload: 'refused',
  classes: [
    { class: 'DataPump', verdict: 'held', instances: 1, inactive: 1 },
    { class: 'DataPumpUserClient', verdict: 'held', instances: 1, inactive: 1, busy: 1 },
  ],
  faults: ['users++'],
};

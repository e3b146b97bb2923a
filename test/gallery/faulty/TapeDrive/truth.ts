import { call, onResources, open, type Truth } from '../../skeleton/truth.ts';

export const truth: Truth = {
  about: 'a client defers its termination until a transfer ends, and then nobody takes the deferral back',
  case: 'A2',
  signals: [],
  personalities: { TapeDrive: onResources('TapeDrive', { IOUserClientClass: 'TapeDriveUserClient' }) },
  happens: [open('TapeDrive'), call(0)],
  unload: 'refused',
  classes: [
    { class: 'TapeDrive', verdict: 'held', instances: 1, inactive: 1 },
    { class: 'TapeDriveUserClient', verdict: 'held', instances: 1, inactive: 1, busy: 1 },
  ],
  faults: ['*defer = true', 'client->outstanding--'],
};

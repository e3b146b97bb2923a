import { callAndStay, onResources, open, type Truth } from '../../skeleton/truth.ts';

export const truth: Truth = {
  about: 'calls wait inside while the driver is unloaded; each client wakes them in willTerminate()',
  signals: [],
  personalities: { DoorBell: onResources('DoorBell', { IOUserClientClass: 'DoorBellUserClient' }) },
  happens: [open('DoorBell', 501), open('DoorBell', 502), callAndStay(0, [], 501), callAndStay(0, [], 502)],
  unload: 'unloaded',
};

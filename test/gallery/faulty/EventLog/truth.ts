import { call, close, onResources, open, quit, type Truth } from '../../skeleton/truth.ts';

export const truth: Truth = {
  about: 'plain objects stay in a global array that nobody releases',
  case: 'E',
  signals: ['R3'],
  personalities: { EventLog: onResources('EventLog', { IOUserClientClass: 'EventLogUserClient' }) },
  happens: [open('EventLog'), call(0, [4]), call(0, [8]), call(0, [4]), call(0, [15]), close(), quit()],
  unload: 'refused',
  classes: [{ class: 'LoggedEvent', takenAt: ['history->setObject(event);'], verdict: 'leaked', instances: 3 }],
  faults: ['history = OSArray::withCapacity(16)'],
};

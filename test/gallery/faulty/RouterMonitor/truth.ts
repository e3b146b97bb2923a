import { call, close, onResources, open, quit, type Truth } from '../../skeleton/truth.ts';

export const truth: Truth = {
  about: 'what a copy… function gave goes straight into a cast, and nobody releases it',
  case: 'B',
  signals: ['R13'],
  personalities: { RouterMonitor: onResources('RouterMonitor', { IOUserClientClass: 'RouterMonitorUserClient' }) },
  happens: [open('RouterMonitor'), call(0), call(0), close(), quit()],
  unload: 'refused',
  classes: [{ class: 'RouterPort', verdict: 'leaked', instances: 1 }],
  faults: ['copyMatchingService(matching)'],
};

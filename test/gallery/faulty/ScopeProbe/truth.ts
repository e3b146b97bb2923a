import { call, onResources, open, quit, type Truth } from '../../skeleton/truth.ts';

export const truth: Truth = {
  about: 'a user client without clientClose() outlives its process, with the provider open',
  case: 'A5',
  signals: ['R10', 'R7'],
  personalities: { ScopeProbe: onResources('ScopeProbe', { IOUserClientClass: 'ScopeProbeUserClient' }) },
  happens: [open('ScopeProbe'), call(0), quit()],
  unload: 'refused',
  classes: [
    { class: 'ScopeProbe', verdict: 'held', instances: 1, inactive: 1 },
    { class: 'ScopeProbeUserClient', verdict: 'held', instances: 1, inactive: 1, busy: 1 },
  ],
  faults: ['class ScopeProbeUserClient'],
};

import { call, close, onResources, open, quit, type Truth } from '../../skeleton/truth.ts';

export const truth: Truth = {
  about: 'a user client releases what it retained in clientClose() alone, which a terminated one is never sent',
  case: 'B',
  signals: ['R10', 'R1'],
  personalities: { UsageMeter: onResources('UsageMeter', { IOUserClientClass: 'UsageMeterUserClient' }) },
  happens: [open('UsageMeter'), call(0, [7]), close(), quit(), open('UsageMeter', 502), call(0, [9], 502)],
  unload: 'refused',
  classes: [{ class: 'UsageSamples', verdict: 'leaked', instances: 1 }],
  faults: ['samples->retain()'],
};

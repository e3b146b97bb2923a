import { call, close, onResources, open, quit, type Truth } from '../../skeleton/truth.ts';

export const truth: Truth = {
  about: 'the driver is held, and keeps an object that its stop() would release: not leaked, and nobody can tell',
  case: 'A1',
  signals: ['R7'],
  personalities: { ScannerBed: onResources('ScannerBed', { IOUserClientClass: 'ScannerBedUserClient' }) },
  happens: [open('ScannerBed'), call(0), close(), quit(), open('ScannerBed', 502), call(0, [], 502)],
  unload: 'refused',
  classes: [
    {
      class: 'ScannedPage',
      takenAt: ['OSTypeAlloc(ScannedPage)'],
      verdict: 'leaked',
      instances: 1,
      certainty: 'possible',
    },
    { class: 'ScannerBed', verdict: 'held', instances: 1, inactive: 1 },
    { class: 'ScannerBedUserClient', verdict: 'held', instances: 1, inactive: 1, busy: 1 },
  ],
  faults: ['bed->open(this)'],
};

import { onResources, type Truth } from '../../skeleton/truth.ts';

export const truth: Truth = {
  about: 'a shared pointer retains what was created for it, instead of adopting it',
  case: 'B',
  signals: ['R1', 'R11'],
  personalities: { LabelWriter: onResources('LabelWriter') },
  unload: 'refused',
  classes: [{ class: 'LabelJob', verdict: 'leaked', instances: 1 }],
  faults: ['LabelJob::withCopies(1), OSRetain'],
};

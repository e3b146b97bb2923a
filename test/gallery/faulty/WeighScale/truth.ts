import { onResources, type Truth } from '../../skeleton/truth.ts';

export const truth: Truth = {
  about: 'free() returns early for an object without a buffer, before it reaches the superclass’s',
  case: 'C',
  signals: ['R9', 'R12'],
  personalities: { WeighScale: onResources('WeighScale') },
  unload: 'refused',
  classes: [{ class: 'WeightFilter', verdict: 'leaked', instances: 1 }],
  faults: ['return;'],
};

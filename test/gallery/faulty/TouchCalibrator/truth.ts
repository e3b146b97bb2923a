import { onResources, type Truth } from '../../skeleton/truth.ts';

export const truth: Truth = {
  about: 'objects are made as arguments of setObject(): nobody can release the reference of their creation',
  case: 'E',
  signals: ['R11', 'R2'],
  personalities: { TouchCalibrator: onResources('TouchCalibrator') },
  unload: 'refused',
  classes: [{ class: 'TouchAxis', verdict: 'leaked', instances: 2 }],
  faults: ['setObject("x"', 'setObject("y"'],
};

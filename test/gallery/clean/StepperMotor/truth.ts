import { onResources, type Truth } from '../../skeleton/truth.ts';

export const truth: Truth = {
  about: 'the driver uses a gate and a work loop that its base class adds, removes and releases',
  signals: [],
  personalities: { StepperMotor: onResources('StepperMotor') },
  unload: 'unloaded',
};

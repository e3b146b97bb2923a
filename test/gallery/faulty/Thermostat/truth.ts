import { onResources, type Truth } from '../../skeleton/truth.ts';

export const truth: Truth = {
  about: 'a member is created in init(), and no free() releases it',
  case: 'B',
  signals: ['R3'],
  personalities: { Thermostat: onResources('Thermostat') },
  unload: 'refused',
  classes: [{ class: 'HeatingPlan', verdict: 'leaked', instances: 1 }],
  faults: ['plan = HeatingPlan::withDegrees'],
};

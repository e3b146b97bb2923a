import { onResources, type Truth } from '../../skeleton/truth.ts';

export const truth: Truth = {
  about: 'another kext links against it: the unload is refused before anything is terminated',
  case: 'dependents',
  signals: [],
  personalities: { SensorFamily: onResources('SensorFamily') },
  neighbour: {
    name: 'LightSensor',
    personalities: { LightSensor: onResources('LightSensor') },
    dependsOnFirst: true,
  },
  unload: 'dependents',
  inUse: ['SensorFamily'],
};

import { onResources, type Truth } from '../../skeleton/truth.ts';

export const truth: Truth = {
  about: 'a loop puts objects into a dictionary and keeps the reference of their creation',
  case: 'E',
  signals: ['R2'],
  personalities: { FanController: onResources('FanController') },
  unload: 'refused',
  classes: [{ class: 'FanStep', verdict: 'leaked', instances: 5 }],
  faults: ['steps->setObject(each.name, step)'],
};

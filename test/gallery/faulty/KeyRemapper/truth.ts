import { onResources, type Truth } from '../../skeleton/truth.ts';

export const truth: Truth = {
  about: 'free() runs and never reaches the superclass’s, which uncounts the instance',
  case: 'C',
  signals: ['R9'],
  personalities: { KeyRemapper: onResources('KeyRemapper') },
  unload: 'refused',
  classes: [{ class: 'KeyMap', verdict: 'leaked', instances: 1 }],
  faults: ['void KeyMap::free()'],
};

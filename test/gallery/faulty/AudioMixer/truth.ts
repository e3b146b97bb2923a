import { onResources, type Truth } from '../../skeleton/truth.ts';

export const truth: Truth = {
  about: 'one object is leaked, and its superclasses are named with it: they count the subclass in use',
  case: 'D',
  signals: ['R2'],
  personalities: { AudioMixer: onResources('AudioMixer') },
  unload: 'refused',
  classes: [
    { class: 'FadeNode', verdict: 'leaked', instances: 1 },
    { class: 'GainNode', verdict: 'subclass', instances: 0 },
    { class: 'MixerNode', verdict: 'subclass', instances: 0 },
  ],
  faults: ['chain->setObject(fade)'],
};

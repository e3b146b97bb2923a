import { onResources, type Truth } from '../../skeleton/truth.ts';

export const truth: Truth = {
  about: 'an object stays in a property of another kext’s service',
  case: 'E',
  signals: [],
  personalities: { AssetTagger: onResources('AssetTagger') },
  unload: 'refused',
  classes: [{ class: 'AssetTag', verdict: 'leaked', instances: 1 }],
  faults: ['getProvider()->setProperty(key, tag)'],
};

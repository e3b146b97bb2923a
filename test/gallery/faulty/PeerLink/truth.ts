import { onResources, type Truth } from '../../skeleton/truth.ts';

export const truth: Truth = {
  about: 'two objects keep each other, and nobody parts them',
  case: 'B',
  signals: ['R1'],
  personalities: { PeerLink: onResources('PeerLink') },
  unload: 'refused',
  classes: [{ class: 'LinkEnd', verdict: 'leaked', instances: 2 }],
  faults: ['peer.reset(other, OSRetain)'],
};

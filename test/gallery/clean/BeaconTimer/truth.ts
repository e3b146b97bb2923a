import { onResources, type Truth, wait } from '../../skeleton/truth.ts';

export const truth: Truth = {
  about: 'a timer arms itself again and again on the provider’s work loop; iterators and copies are released',
  signals: [],
  personalities: { BeaconTimer: onResources('BeaconTimer') },
  happens: [wait(4)],
  unload: 'unloaded',
};

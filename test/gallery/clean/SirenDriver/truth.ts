import { onResources, type Truth, wait } from '../../skeleton/truth.ts';

export const truth: Truth = {
  about: 'a pending thread call holds a reference to the driver; who cancels it takes that reference over',
  signals: [],
  personalities: { SirenDriver: onResources('SirenDriver') },
  happens: [wait(12)],
  unload: 'unloaded',
};

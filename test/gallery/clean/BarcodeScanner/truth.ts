import { onResources, type Truth } from '../../skeleton/truth.ts';

export const truth: Truth = {
  about: 'what start() retains, a helper of free() releases, and stop() the driver itself',
  signals: [],
  personalities: { BarcodeScanner: onResources('BarcodeScanner') },
  unload: 'unloaded',
};

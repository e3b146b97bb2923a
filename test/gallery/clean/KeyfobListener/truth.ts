import { onResources, type Truth } from '../../skeleton/truth.ts';

export const truth: Truth = {
  about: 'notifiers are removed and not released: remove() gives the reference back itself',
  signals: [],
  personalities: { KeyfobListener: onResources('KeyfobListener') },
  unload: 'unloaded',
};

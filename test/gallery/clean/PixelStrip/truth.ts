import { onResources, type Truth } from '../../skeleton/truth.ts';

export const truth: Truth = {
  about: 'no release anywhere and no stop(): shared pointers own everything, and one gives its reference to another',
  signals: [],
  personalities: { PixelStrip: onResources('PixelStrip') },
  unload: 'unloaded',
};

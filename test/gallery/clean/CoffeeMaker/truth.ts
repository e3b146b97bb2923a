import { onResources, type Truth } from '../../skeleton/truth.ts';

export const truth: Truth = {
  about: 'a collection of collections owns every object, and is released in free() where init() made it',
  signals: [],
  personalities: { CoffeeMaker: onResources('CoffeeMaker') },
  unload: 'unloaded',
};

import { onResources, type Truth } from '../../skeleton/truth.ts';

export const truth: Truth = {
  about: 'free() reaches the root through a class between and a macro that changes; an owner is released as a local',
  signals: [],
  personalities: { LedMatrix: onResources('LedMatrix') },
  unload: 'unloaded',
};

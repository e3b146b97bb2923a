import { onResources, type Truth } from '../../skeleton/truth.ts';

export const truth: Truth = {
  about: 'a driver of another kext holds the nub open, and closes it in didTerminate()',
  signals: [],
  personalities: { JoystickHub: onResources('JoystickHub') },
  neighbour: {
    name: 'JoystickTrace',
    personalities: { JoystickTrace: { IOClass: 'JoystickTrace', IOProviderClass: 'JoystickNub' } },
  },
  unload: 'unloaded',
};

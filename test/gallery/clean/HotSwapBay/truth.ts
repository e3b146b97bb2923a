import { onDevice, plug, type Truth, unplug } from '../../skeleton/truth.ts';

export const truth: Truth = {
  about: 'a provider is closed when the device is pulled out and when the driver goes: one helper for both ways',
  signals: [],
  personalities: { HotSwapBay: onDevice('HotSwapBay', 'drive') },
  happens: [plug('drive'), unplug('drive'), plug('drive')],
  unload: 'unloaded',
};

import { onDevice, plug, type Truth, unplug } from '../../skeleton/truth.ts';

export const truth: Truth = {
  about: 'a driver cleans up in willTerminate(), which an unplugged device brings and an unload does not',
  case: 'B',
  signals: ['R3'],
  personalities: { DockStation: onDevice('DockStation', 'dock') },
  happens: [plug('dock'), unplug('dock'), plug('dock')],
  unload: 'refused',
  classes: [
    { class: 'DockProfile', takenAt: ['profile = DockProfile::withPorts(4);'], verdict: 'leaked', instances: 1 },
  ],
  faults: ['forget();'],
};

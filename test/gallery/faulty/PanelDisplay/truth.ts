import { onResources, type Truth } from '../../skeleton/truth.ts';

export const truth: Truth = {
  about: 'a client of two providers does not go with one of them, and nobody terminates it',
  case: 'A4',
  signals: ['R6'],
  personalities: { PanelDisplay: onResources('PanelDisplay') },
  unload: 'refused',
  classes: [{ class: 'PanelScreen', verdict: 'held', instances: 1, active: 1 }],
  faults: ['screen->attach(getResourceService())'],
};

import { onResources, type Truth } from '../../skeleton/truth.ts';

export const truth: Truth = {
  about: 'a nub attached below somebody else’s object is never asked to terminate',
  case: 'A4',
  signals: ['R6'],
  personalities: { SerialBridge: onResources('SerialBridge') },
  unload: 'refused',
  classes: [{ class: 'SerialBridgePort', verdict: 'held', instances: 1, active: 1, busy: 0 }],
  faults: ['port->attach(parent)', 'publishPort(getResourceService())'],
};

import { onResources, type Truth } from '../../skeleton/truth.ts';

export const truth: Truth = {
  about: 'of two objects of a class one is held below the provider, the other one is leaked',
  case: 'A4',
  signals: ['R6', 'R1'],
  personalities: { PortHub: onResources('PortHub') },
  unload: 'refused',
  classes: [{ class: 'HubPort', verdict: 'both', instances: 2, active: 1 }],
  faults: ['port->retain()', 'uplink = publish(1, provider)'],
};

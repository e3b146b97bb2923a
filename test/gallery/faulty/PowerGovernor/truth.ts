import { onResources, type Truth } from '../../skeleton/truth.ts';

export const truth: Truth = {
  about: 'the module’s stop function refuses while something is installed that nobody takes out',
  case: 'stop',
  signals: ['R14'],
  personalities: { PowerGovernor: onResources('PowerGovernor') },
  unload: 'stopFailed',
  faults: ['return KERN_FAILURE'],
};

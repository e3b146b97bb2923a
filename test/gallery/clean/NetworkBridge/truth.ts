import { onResources, type Truth } from '../../skeleton/truth.ts';

export const truth: Truth = {
  about: 'children are attached and started, and no stop() detaches or releases them: termination does it',
  signals: [],
  personalities: {
    NetworkBridge: onResources('NetworkBridge'),
    BridgePort: { IOClass: 'BridgePort', IOProviderClass: 'BridgeInterface' },
  },
  unload: 'unloaded',
};

import { onResources, type Truth } from '../../skeleton/truth.ts';

export const truth: Truth = {
  about: 'the last references go a moment after stop(): the first attempt is refused, the second one is not',
  case: 'F',
  signals: [],
  personalities: { RelayBoard: onResources('RelayBoard') },
  unload: 'unloaded',
  refusedAtFirst: ['Relay'],
  faults: ['relay->switchTo(false)'],
};

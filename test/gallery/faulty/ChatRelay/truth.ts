import { call, close, onResources, open, quit, type Truth } from '../../skeleton/truth.ts';

export const truth: Truth = {
  about: 'every user client stays in an array of the driver, and keeps the driver: each run leaks one more',
  case: 'B',
  signals: ['R1'],
  personalities: { ChatRelay: onResources('ChatRelay', { IOUserClientClass: 'ChatRelayUserClient' }) },
  happens: [
    open('ChatRelay', 501),
    open('ChatRelay', 502),
    call(0, [104], 501),
    close(501),
    quit(501),
    close(502),
    quit(502),
    open('ChatRelay', 503),
    close(503),
    quit(503),
  ],
  unload: 'refused',
  classes: [
    { class: 'ChatRelay', verdict: 'leaked', instances: 1 },
    { class: 'ChatRelayUserClient', verdict: 'leaked', instances: 3 },
  ],
  faults: ['relay->retain()', 'members->setObject(this)'],
};

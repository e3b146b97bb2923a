import { call, close, onResources, open, quit, type Truth } from '../../skeleton/truth.ts';

export const truth: Truth = {
  about: 'every way out of a function goes through one label that releases; what became a member is no longer there',
  signals: [],
  personalities: { KeypadLoader: onResources('KeypadLoader', { IOUserClientClass: 'KeypadLoaderUserClient' }) },
  happens: [
    open('KeypadLoader'),
    call(0, [12, 0]),
    call(0, [40, 0]),
    call(0, [16, 2]),
    call(0, [16, 1]),
    close(),
    quit(),
  ],
  unload: 'unloaded',
};

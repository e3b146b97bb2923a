import { call, close, onResources, open, quit, type Truth } from '../../skeleton/truth.ts';

export const truth: Truth = {
  about:
    'a teardown in steps: stop() empties, finalize() lets go, free() gives the rest back; the client keeps its driver',
  signals: [],
  personalities: { DiskCache: onResources('DiskCache', { IOUserClientClass: 'DiskCacheUserClient' }) },
  happens: [open('DiskCache'), call(0, [7]), call(0, [8]), close(), quit(), open('DiskCache', 502), call(0, [9], 502)],
  unload: 'unloaded',
};

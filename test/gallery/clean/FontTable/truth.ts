import { call, close, onResources, open, quit, type Truth } from '../../skeleton/truth.ts';

export const truth: Truth = {
  about: 'functions called copy… retain what they return, and each caller releases it',
  signals: [],
  personalities: { FontTable: onResources('FontTable', { IOUserClientClass: 'FontTableUserClient' }) },
  happens: [open('FontTable'), call(0, [1]), call(0, [9]), call(1, [0]), close(), quit()],
  unload: 'unloaded',
};

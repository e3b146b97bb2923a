import { call, close, onResources, open, quit, type Truth } from '../../skeleton/truth.ts';

export const truth: Truth = {
  about: 'a process has the driver open while it is unloaded; the client closes it when it is asked to',
  signals: [],
  personalities: { PaintPad: onResources('PaintPad', { IOUserClientClass: 'PaintPadUserClient' }) },
  happens: [open('PaintPad'), call(0), close(), quit(), open('PaintPad', 502), quit(502), open('PaintPad', 503)],
  unload: 'unloaded',
};

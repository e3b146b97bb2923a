import { call, onResources, open, type Truth } from '../../skeleton/truth.ts';

export const truth: Truth = {
  about: 'a client defers its termination while it draws, and takes that back when it has drawn',
  signals: [],
  personalities: { PlotterDrive: onResources('PlotterDrive', { IOUserClientClass: 'PlotterDriveUserClient' }) },
  happens: [open('PlotterDrive'), call(0)],
  unload: 'unloaded',
};

import { call, close, onResources, open, quit, type Truth } from '../../skeleton/truth.ts';

export const truth: Truth = {
  about: 'a return for a bad argument leaves between the creation of an object and its release',
  case: 'E',
  signals: ['R12'],
  personalities: { FirmwareLoader: onResources('FirmwareLoader', { IOUserClientClass: 'FirmwareLoaderUserClient' }) },
  happens: [
    open('FirmwareLoader'),
    call(0, [0, 7]),
    call(0, [0x1000, 7]),
    call(0, [8, 9]),
    call(0, [0x2000, 7]),
    call(0, [0x3000, 7]),
    close(),
    quit(),
  ],
  unload: 'refused',
  classes: [{ class: 'FirmwareBlock', takenAt: ['OSTypeAlloc(FirmwareBlock)'], verdict: 'leaked', instances: 3 }],
  faults: ['return kIOReturnBadArgument'],
};

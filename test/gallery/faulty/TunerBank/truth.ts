import { call, close, onResources, open, quit, type Truth } from '../../skeleton/truth.ts';

export const truth: Truth = {
  about: 'a factory returns nothing where init fails, and leaves behind the object that the constructor has counted',
  case: 'E',
  signals: ['R12'],
  personalities: { TunerBank: onResources('TunerBank', { IOUserClientClass: 'TunerBankUserClient' }) },
  happens: [open('TunerBank'), call(0, [96300]), call(0, [540]), call(0, [110000]), close(), quit()],
  unload: 'refused',
  classes: [{ class: 'TunerStation', takenAt: ['new TunerStation'], verdict: 'leaked', instances: 2 }],
  faults: ['return NULL'],
};

import { call, close, type Event, open } from '../drivers/smallDriver.ts';

/** The same driver as a kext of Apple's. */
export const ofApple = { identifier: 'com.apple.driver.Unloaded' };

/** The load of a kext without code. */
export const dataKext = (kext: string) => ({
  event: 'load',
  identifier: kext,
  version: '1.0',
  uuid: 'B',
  size: 4096,
  dependencies: [],
  classes: [],
  personalities: {},
});

/** What a process does to the driver, which then has no client. */
export const prepared = (...calls: readonly Event[]): readonly Event[] => [open('Unloaded'), ...calls, close(1)];
/** Objects that nobody releases. */
export const keepThings = (count: number) => call(1, 0, count);
/** Its stop() retains its own kext. */
export const retainItsKext = call(1, 3);
/** What the module's stop function gives back. */
export const stopGives = (result: number) => call(1, 4, result);
/** The module's stop function makes an object. */
export const makeAThingInStop = call(1, 5);
/** From here on the driver logs what is asked of it. */
export const say = call(1, 7);

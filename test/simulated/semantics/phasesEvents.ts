import { call, callAsync, type Event } from '../drivers/smallDriver.ts';

/** What a node of the tree does when it is asked. */
export const habits = {
  opens: 1,
  closesWhenAsked: 2,
  closesInDidTerminate: 4,
  defers: 8,
  refuses: 16,
  terminatesNext: 32,
  saysItDidNot: 64,
};

const byte = 256;

/** What happens to node `number` after so many seconds; at once for 0. */
const act = (what: number, number: number, more = 0, seconds = 0): Event =>
  call(1, what, number + more * byte + seconds * byte * byte);

/** A node below the driver or, with `below`, below that node; they are numbered as they come. */
export const node = (habit = 0, below = -1) => act(0, below + 1, habit);
export const secondProvider = (number: number) => act(1, number);
export const keepReference = (number: number) => act(2, number);
export const giveBack = (number: number, seconds = 0) => act(3, number, 0, seconds);
export const closeProvider = (number: number, seconds = 0) => act(4, number, 0, seconds);
export const endDeferral = (number: number, seconds: number) => act(5, number, 0, seconds);
export const deferTermination = (number: number, on: boolean, seconds = 0) => act(6, number, on ? 1 : 0, seconds);
export const stayInGate = (seconds: number) => callAsync(1, 7, seconds * byte);
/** It has so much to do by itself. */
export const isBusy = (number: number, much: number) => act(8, number, much);
export const stayInCall = (seconds: number) => callAsync(1, 9, seconds * byte);
export const terminateNode = (number: number) => act(10, number);
/** Whoever does it waits until it is over. */
export const terminateAndWait = (number: number) => act(10, number, 2);
export const openProvider = (number: number) => act(11, number);
/** Wants to have its provider open instead of whoever has it. */
export const seizeProvider = (number: number) => act(11, number, 1);
export const registerNode = (number: number) => act(12, number);

/** Of a log, the steps of the driver's own callbacks. */
export const steps = (log: readonly string[]) => log.filter(line => /^(node \d|driver): /.test(line));

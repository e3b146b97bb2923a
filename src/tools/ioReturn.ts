/** One status of the I/O Kit, as a user client's calls return it. */
export interface IOReturn {
  /** Unsigned 32 bits. */
  readonly code: number;
  readonly symbol: string;
  /** What it says, in words that fit behind a comma. */
  readonly meaning: string;
}

/** The commonest codes of IOKit/IOReturn.h: those that drivers return by hand and those that the I/O Kit itself returns. */
export const ioReturns: readonly IOReturn[] = [
  [0x2bc, 'Error', 'an error of no particular kind'],
  [0x2bd, 'NoMemory', 'memory could not be allocated'],
  [0x2be, 'NoResources', 'a resource is short'],
  [0x2c0, 'NoDevice', 'there is no such device'],
  [0x2c1, 'NotPrivileged', 'the caller has not the privilege'],
  [0x2c2, 'BadArgument', 'an argument is not valid'],
  [0x2c5, 'ExclusiveAccess', 'somebody else has it open exclusively'],
  [0x2c7, 'Unsupported', 'the driver does not offer it'],
  [0x2c9, 'InternalError', 'an internal error of the driver'],
  [0x2ca, 'IOError', 'the transfer failed'],
  [0x2cd, 'NotOpen', 'it is not open'],
  [0x2d2, 'StillOpen', 'it is still open'],
  [0x2d5, 'Busy', 'the device is busy'],
  [0x2d6, 'Timeout', 'it took too long'],
  [0x2d7, 'Offline', 'the device is offline'],
  [0x2d8, 'NotReady', 'the device is not ready'],
  [0x2d9, 'NotAttached', 'the device is not attached'],
  [0x2db, 'NoSpace', 'there is no space for the data'],
  [0x2e2, 'NotPermitted', 'it is not permitted'],
  [0x2e7, 'Underrun', 'there was less data than asked for'],
  [0x2e8, 'Overrun', 'there was more data than fits'],
  [0x2eb, 'Aborted', 'the operation was aborted'],
  [0x2ed, 'NotResponding', 'the device does not respond'],
  [0x2f0, 'NotFound', 'it was not found'],
].map(([code, name, meaning]) => ({
  code: 0xe0000000 + Number(code),
  symbol: `kIOReturn${name}`,
  meaning: String(meaning),
}));

/** The status of that number, unsigned or signed; undefined for one that is not among the commonest. */
export function ioReturnOfCode(code: number): IOReturn | undefined {
  return ioReturns.find(known => known.code === code >>> 0);
}

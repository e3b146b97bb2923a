import { ioReturns } from '../../tools/ioReturn.ts';
import { type CatalogueRow, classNamed, moduleFunction } from './catalogueRow.ts';

/** What mach_error_string(3) says of the statuses that users see most (libsyscall, err_iokit.sub). */
export const ioReturnTexts: Readonly<Record<number, string>> = {
  3758097084: '(iokit/common) general error',
  3758097086: '(iokit/common) resource shortage',
  3758097088: '(iokit/common) no such device',
  3758097089: '(iokit/common) privilege violation',
  3758097090: '(iokit/common) invalid argument',
  3758097093: '(iokit/common) exclusive access and device already open',
  3758097095: '(iokit/common) unsupported function',
  3758097122: '(iokit/common) not permitted',
  3758097136: '(iokit/common) data was not found',
};

/** What to look at, where that can be said of a status. */
const remedies: Readonly<Record<number, string>> = {
  3758097085: 'Try again; where it comes back, look for what the driver leaks.',
  3758097088: 'Check that the device is there and that the driver has started on it.',
  3758097089: 'Call it as root, or let the driver’s newUserClient() take other users.',
  3758097090: 'Compare selector, count and size of the arguments with what externalMethod() checks.',
  3758097093: 'Quit the program that has it open, or let handleOpen() take several clients.',
  3758097095:
    'Override the function in the driver. Of an unload: OSBundleAllowUserTerminate is false, or a service is Apple’s.',
  3758097101: 'Call open() before it, and look whether a termination closed it.',
  3758097106: 'Close each client, in its didTerminate().',
  3758097112: 'Wait until the driver has registered itself.',
  3758097113: 'Do not use the service after it was detached: a termination has passed.',
  3758097122: 'Check entitlements and the sandbox of the program, and what the driver’s initWithTask() asks for.',
  3758097131: 'It is usual where a device goes or a driver stops: let the caller take it for the end.',
};

/** One row for each status of the I/O Kit that drivers use by hand, and the value that start and stop functions use. */
export const ioReturnRows: readonly CatalogueRow[] = [
  ...ioReturns.map(({ code, symbol, meaning }) => ({
    id: `ioReturns.${symbol}`,
    component: 'IOService' as const,
    patterns: [],
    code,
    summary: true as const,
    severity: 'error' as const,
    cause: `The I/O Kit or a driver returned ${symbol}: ${meaning}.`,
    remedy:
      remedies[code] ??
      `Look where the driver returns ${symbol}; where it does not, at the call of the I/O Kit whose value it passes on.`,
    anchor: classNamed(),
    example: ioReturnTexts[code] ?? symbol,
  })),
  {
    id: 'ioReturns.KERN_FAILURE',
    component: 'module start or stop function',
    patterns: [],
    code: 5,
    summary: true,
    severity: 'error',
    cause:
      'KERN_FAILURE: a module start or stop function returned it. It is your own value; the kernel does not say this by itself.',
    remedy: 'Look where your function returns KERN_FAILURE.',
    anchor: moduleFunction('start or stop'),
    example: '0x5',
  },
];

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { UsedStep } from '../../../src/model/driverUse.ts';
import { usedText, useFailedText } from '../../../src/report/usedText.ts';

const kext = 'org.sample.driver.Turbine';
const open = { kind: 'open', name: 'Turbine', status: 0 } as const;

describe('What a process did with a driver', () => {
  it('is a line for each step, with the status by its name', () => {
    const steps: readonly UsedStep[] = [
      open,
      { kind: 'call', name: '0', status: 0xe00002c2 },
      { kind: 'call', name: '1', status: -536870201 },
      { kind: 'call', name: '2', status: 0xdc008018 },
      { kind: 'call', name: '3', status: 5 },
    ];
    assert.deepEqual(usedText('turnctl', steps), [
      'turnctl: open Turbine: ok',
      'turnctl: call 0: kIOReturnBadArgument (0xe00002c2), an argument is not valid',
      'turnctl: call 1: kIOReturnUnsupported (0xe00002c7), the driver does not offer it',
      'turnctl: call 2: kOSKextReturnInUse (0xdc008018), (libkern/kext) kext is in use or retained (cannot unload)',
      'turnctl: call 3: 0x5',
    ]);
  });
});

describe('The last line of a use', () => {
  it('is none where every step succeeded', () => {
    assert.equal(useFailedText('turnctl', [open, { kind: 'call', name: '0', status: 0 }], kext), undefined);
    assert.equal(useFailedText('turnctl', [], kext), undefined);
  });

  it('of a service that is not there: it is not running, reload first', () => {
    for (const [status, symbol] of [
      [0xe00002f0, 'kIOReturnNotFound'],
      [0xe00002c0, 'kIOReturnNoDevice'],
    ] as const) {
      assert.equal(
        useFailedText('turnctl', [{ ...open, status }], kext),
        `Failed: turnctl could not open Turbine (${symbol}): the service is not running. Reload ${kext} first.`,
      );
    }
  });

  it('of a service that lets nobody in: where that is decided', () => {
    assert.equal(
      useFailedText('turnctl', [{ ...open, status: 0xe00002c5 }], kext),
      'Failed: open Turbine of turnctl gave kIOReturnExclusiveAccess (0xe00002c5), somebody else has it open exclusively. ' +
        "Look at newUserClient() of Turbine, and at its user client's start().",
    );
  });

  it('of a call that was refused: the first one, its status, and where to look', () => {
    const steps: readonly UsedStep[] = [
      open,
      { kind: 'call', name: '7', status: 0xe00002bc },
      { kind: 'call', name: '8', status: 0xe00002c2 },
    ];
    assert.equal(
      useFailedText('turnctl', steps, kext),
      'Failed: call 7 of turnctl gave kIOReturnError (0xe00002bc), an error of no particular kind. ' +
        "Look at the driver's method for it, and at the arguments in the exercise.json.",
    );
  });
});

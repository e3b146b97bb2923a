import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { KernelAnswer } from '../../src/simulator/kernelAnswer.ts';
import {
  boot,
  buildDriver,
  instances,
  isLoaded,
  last,
  library,
  runMac,
  type SmallDriver,
} from './drivers/smallDriver.ts';

let driver: SmallDriver;
let other: SmallDriver;
let failing: SmallDriver;
before(async () => {
  driver = await buildDriver('Unloaded');
  other = await buildDriver('Sleeper');
  failing = await buildDriver('Unloaded', 'START_FAILS');
});
after(() => Promise.all([driver, other, failing].map(each => each.remove())));

const identifier = 'com.example.Unloaded';
const said = (answer: KernelAnswer) => [last(answer).status, last(answer).log];

describe('A load', () => {
  it('registers the classes of the kext under its identifier, and links it against what it depends on', async () => {
    const answer = await runMac(
      driver,
      { ...boot, kexts: [library] },
      { ...driver.load, dependencies: [library.identifier] },
    );
    const kext = answer.kexts.find(each => each.identifier === identifier) ?? assert.fail();
    assert.deepEqual([kext.started, kext.dependencies], [true, [1]]);
    const classes = answer.classes.filter(each => each.kext === identifier).map(({ name }) => name);
    assert.deepEqual(classes, ['TestDriver', 'TestUserClient', 'Unloaded', 'UnloadedThing']);
    assert.equal(answer.kexts[0]?.references, 1);
  });

  it('is refused where a library is not there', async () => {
    const answer = await runMac(driver, boot, { ...driver.load, dependencies: ['com.example.None'] });
    assert.deepEqual(said(answer), [
      0xdc00800e,
      [
        `Kext ${identifier} - library kext com.example.None not found.`,
        `Can't load kext ${identifier} - failed to resolve library dependencies.`,
        `Kext ${identifier} failed to load (0xdc00800e).`,
        `Failed to load kext ${identifier} (error 0xdc00800e).`,
      ],
    ]);
  });

  it('with a class name that another kext has registers none of its classes, and leaves nothing', async () => {
    const answer = await runMac(driver, boot, driver.load, other.load);
    const [status, log] = said(answer);
    assert.equal(status, 0xdc008017);
    assert.deepEqual(log, [
      `OSMetaClass: Kext com.example.Sleeper class TestDriver is a duplicate;kext ${identifier} already has a class by that name.`,
      'Kext com.example.Sleeper did not start (return code 0xdc00400a).',
      'Kext com.example.Sleeper start failed (result 0xdc00400a).',
      'Kext com.example.Sleeper failed to load (0xdc008017).',
      'Failed to load kext com.example.Sleeper (error 0xdc008017).',
    ]);
    assert.deepEqual([isLoaded(answer, 'com.example.Sleeper'), instances(answer, 'Sleeper')], [false, undefined]);
  });

  it('whose module start function fails says the function’s own code, and leaves nothing', async () => {
    const answer = await runMac(failing, boot, failing.load);
    assert.deepEqual(said(answer), [
      0xdc008017,
      [
        `Kext ${identifier} did not start (return code 0x5).`,
        `Kext ${identifier} start failed (result 0x5).`,
        `Kext ${identifier} failed to load (0xdc008017).`,
        `Failed to load kext ${identifier} (error 0xdc008017).`,
      ],
    ]);
    assert.deepEqual([isLoaded(answer, identifier), instances(answer, 'UnloadedThing')], [false, undefined]);
  });

  it('of the build that is loaded is nothing, and of another one refused: by version or by UUID', async () => {
    const again = await runMac(driver, boot, driver.load, driver.load);
    assert.deepEqual([said(again), again.kexts.length, instances(again, 'Unloaded')], [[0, []], 1, 1]);
    const refused = async (more: { readonly uuid: string; readonly version?: string }) =>
      said(await runMac(driver, boot, driver.load, { ...driver.load, ...more }));
    assert.deepEqual(await refused({ uuid: 'B' }), [
      0xdc008014,
      [`Refusing new kext ${identifier}, v1.0: a loaded copy with a different executable UUID is already present.`],
    ]);
    assert.deepEqual(await refused({ uuid: 'B', version: '2.0' }), [
      0xdc008014,
      [`Refusing new kext ${identifier}, v2.0: already have loaded v1.0.`],
    ]);
  });
});

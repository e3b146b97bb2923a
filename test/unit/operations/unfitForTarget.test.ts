import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { KextBundle } from '../../../src/bundle/kextBundle.ts';
import { unfitForTarget } from '../../../src/operations/unfitForTarget.ts';
import { type Answers, fakeTarget, sampleOperation, sampleProject } from './fakeTarget.ts';

const { signal } = new AbortController();

const apple: Answers = {
  sw_vers: [{ stdout: 'ProductName:\t\tmacOS\nProductVersion:\t\t14.5\nBuildVersion:\t\t23F79\n' }],
  sysctl: [{ stdout: 'kern.boottime: { sec = 1000, usec = 0 } Thu Jan  1 00:16:40 1970\nhw.machine: arm64\n' }],
};
const protectedByIt: Answers = { csrutil: [{ stdout: 'System Integrity Protection status: enabled.\n' }] };
const unreadable: Answers = {
  csrutil: [{ stderr: 'csrutil: failed to retrieve system integrity status\n', exitCode: 1 }],
};

describe('A build that is nothing for its target', () => {
  let project: string;
  let signed: string;
  before(async () => {
    project = await sampleProject();
    signed = await mkdtemp(join(tmpdir(), 'kext-dev-signed-'));
    await mkdir(join(signed, 'Contents', '_CodeSignature'), { recursive: true });
  });
  after(async () => {
    for (const folder of [project, signed]) await rm(folder, { recursive: true, force: true });
  });

  /** The cause and the message, or that nothing speaks against it. */
  async function told(
    answers: Answers,
    { architectures = ['x86_64'], folder = project, crossBuilt = false, simulated = false } = {},
  ): Promise<readonly string[]> {
    const target = { ...fakeTarget(answers), simulated };
    const bundle = { folder, infoPlist: { crossBuilt }, executable: { architectures } } as unknown as KextBundle;
    const found = await unfitForTarget(await sampleOperation(project, target), bundle, signal);
    return found === undefined ? [] : [found.cause, found.message];
  }

  it('has no code for its processor', async () => {
    assert.deepEqual(await told(apple), [
      'noCodeForTarget',
      'org.sample.driver.Turbine has no code for arm64e, which test-mac runs: only for x86_64. Nothing was installed.',
    ]);
    assert.deepEqual(await told({}, { architectures: ['arm64e'] }), [
      'noCodeForTarget',
      'org.sample.driver.Turbine has no code for x86_64, which test-mac runs: only for arm64e. Nothing was installed.',
    ]);
    assert.deepEqual(await told(apple, { architectures: ['x86_64', 'arm64e'] }), []);
    assert.deepEqual(await told({}), []);
  });

  it('has no signature where the protection is on; whether a signature will do is for the target to say', async () => {
    assert.deepEqual(await told(protectedByIt), [
      'notSigned',
      'org.sample.driver.Turbine has no signature, and test-mac takes none without: System Integrity Protection is on. Nothing was installed.',
    ]);
    assert.deepEqual(await told(protectedByIt, { folder: signed }), []);
    assert.deepEqual(await told(unreadable), []);
  });

  it('was built for the Simulated Mac; there it is what is wanted', async () => {
    assert.equal((await told({}, { crossBuilt: true }))[0], 'crossBuilt');
    assert.deepEqual(await told(protectedByIt, { crossBuilt: true, simulated: true }), []);
  });
});

import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { prepareKernel } from '../support/simulatedBench.ts';
import { isAsTold } from './skeleton/asTold.ts';
import { readDrivers } from './skeleton/driverFolders.ts';
import { runDriver } from './skeleton/galleryRun.ts';
import { sanitizedSources } from './skeleton/sanitizedKernel.ts';

const faulty = await readDrivers('faulty');
const clean = await readDrivers('clean');
let sources: string;

before(async () => {
  sources = await sanitizedSources();
  await prepareKernel(sources);
});

describe('Under AddressSanitizer a faulty driver loses what it loses, and the kernel touches no memory that it should not', {
  concurrency: 2,
}, () => {
  before(() => {
    process.env.ASAN_OPTIONS = 'detect_leaks=0';
  });
  for (const driver of faulty) it(driver.name, async () => isAsTold(driver, await runDriver(driver, { sources })));
});

describe('Under AddressSanitizer a clean driver comes and goes, and neither it nor the kernel loses memory', {
  concurrency: 2,
}, () => {
  before(() => {
    process.env.ASAN_OPTIONS = 'detect_leaks=1';
  });
  for (const driver of clean) it(driver.name, async () => isAsTold(driver, await runDriver(driver, { sources })));

  it('memory that a driver loses is found', async () => {
    const driver = faulty.find(({ name }) => name === 'Thermostat') ?? assert.fail();
    const { unload } = await runDriver(driver, { sources });
    assert.match(unload.diagnoses[0]?.message ?? '', /AddressSanitizer: \d+ byte\(s\) leaked/);
  });
});

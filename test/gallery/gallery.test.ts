import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { prepareKernel } from '../support/simulatedBench.ts';
import { isAsTold } from './skeleton/asTold.ts';
import { faultLines, type GalleryDriver, readDrivers } from './skeleton/driverFolders.ts';
import { runDriver } from './skeleton/galleryRun.ts';
import { areRecordedAsTold } from './skeleton/recordedReferences.ts';
import { prepareReferenceTrace } from './skeleton/referenceTrace.ts';
import type { FailureCase, Signal } from './skeleton/truth.ts';

const faulty = await readDrivers('faulty');
const clean = await readDrivers('clean');

before(() => Promise.all([prepareKernel(), prepareReferenceTrace()]));

describe('The gallery', () => {
  it('has at least 24 faulty drivers and 10 clean ones', () => {
    assert.ok(faulty.length >= 24, `${faulty.length} faulty`);
    assert.ok(clean.length >= 10, `${clean.length} clean`);
  });

  it('shows every case of a refused unload', () => {
    const ofInstances: readonly FailureCase[] = ['A1', 'A2', 'A3', 'A4', 'A5', 'A6', 'B', 'C', 'D', 'E', 'F'];
    const cases: readonly FailureCase[] = [...ofInstances, 'dependents', 'stop'];
    const shown = new Set(faulty.map(({ truth }) => truth.case));
    assert.deepEqual(
      cases.filter(each => !shown.has(each)),
      [],
    );
  });

  it('shows every signal by which leaks are found in source', () => {
    const signals: readonly Signal[] = ['R1', 'R2', 'R3', 'R4', 'R5', 'R6', 'R7', 'R8', 'R9', 'R10', 'R12'];
    const shown = new Set(faulty.flatMap(({ truth }) => truth.signals));
    assert.deepEqual(
      signals.filter(each => !shown.has(each)),
      [],
    );
  });

  it('says of every faulty driver on which lines the fault is, and of no clean one', () => {
    for (const driver of [...faulty, ...clean]) {
      const lines = faultLines(driver);
      const pieces = driver.truth.faults ?? [];
      assert.equal(lines.length, pieces.length, `${driver.name}: as many marked lines as faults`);
      for (const [index, piece] of pieces.entries()) assert.ok(lines[index]?.text.includes(piece), piece);
    }
    const unsaid = faulty.filter(({ truth }) => (truth.faults ?? []).length === 0 && truth.case !== 'dependents');
    assert.deepEqual(
      unsaid.map(({ name }) => name),
      [],
    );
    assert.deepEqual(
      clean.filter(({ truth }) => truth.faults !== undefined || truth.case !== undefined).map(({ name }) => name),
      [],
    );
  });
});

describe('A faulty driver does what is said of it, and is diagnosed so', { concurrency: 2 }, () => {
  for (const driver of faulty)
    it(titleOf(driver), async () => {
      const run = await runDriver(driver, { recorded: true });
      isAsTold(driver, run);
      areRecordedAsTold(driver, run.references);
    });
});

describe('A driver that only looks faulty unloads cleanly', { concurrency: 2 }, () => {
  for (const driver of clean) it(titleOf(driver), async () => isAsTold(driver, await runDriver(driver)));
});

function titleOf({ name, truth }: GalleryDriver): string {
  const shown = [truth.case, ...truth.signals].filter(each => each !== undefined).join(' ');
  return shown === '' ? `${name}: ${truth.about}` : `${name} (${shown}): ${truth.about}`;
}

import assert from 'node:assert/strict';
import type { Diagnosis } from '../../../src/diagnosis/diagnosis.ts';
import type { GalleryDriver } from './driverFolders.ts';
import type { GalleryRun } from './galleryRun.ts';
import { identifierOf } from './project.ts';
import { classesInUse, classRecord, lostKernelObjects } from './runtimeRecord.ts';
import type { ClassTruth } from './truth.ts';

/** Asserts that what happened is what is told of the driver, by the runtime's own record and by the product's words. */
export function isAsTold(driver: GalleryDriver, run: GalleryRun): void {
  const { truth } = driver;
  assert.equal(run.unload.outcome, truth.unload, JSON.stringify(run.unload.diagnoses));
  const expected = [...(truth.classes ?? [])].sort((a, b) => (a.class < b.class ? -1 : 1));
  assert.deepEqual(run.named, truth.refusedAtFirst ?? expected.map(each => each.class));
  isRecorded(driver, run, expected);
  isDiagnosed(run.unload.diagnoses, expected);
  if (run.again === undefined) return;
  assert.deepEqual(run.unload.diagnoses, []);
  assert.deepEqual(lostKernelObjects(run.after, run.again), truth.lostKernelObjects ?? {});
}

/** What the runtime itself holds after the unload. */
function isRecorded({ name, truth }: GalleryDriver, { after }: GalleryRun, expected: readonly ClassTruth[]): void {
  const identifier = identifierOf(name);
  assert.deepEqual(classesInUse(after, identifier), truth.inUse ?? expected.map(each => each.class));
  for (const { class: className, instances, active = 0, inactive = 0, busy } of expected) {
    const record = classRecord(after, className);
    const { busy: seen, ...numbers } = record;
    assert.deepEqual(numbers, { class: className, instances, active, inactive });
    if (busy !== undefined) assert.deepEqual(seen, Array(active + inactive).fill(busy), className);
  }
  const isLoaded = after.kexts.some(kext => kext.identifier === identifier);
  assert.equal(isLoaded, truth.unload !== 'unloaded');
}

/** What the product concludes from what the tools say. */
function isDiagnosed(diagnoses: readonly Diagnosis[], expected: readonly ClassTruth[]): void {
  const verdicts = diagnoses.filter(({ verdict }) => verdict !== undefined);
  const told = verdicts.map(each => [each.class, each.verdict, each.instances, each.certainty] as const);
  assert.deepEqual(
    told.toSorted((a, b) => ((a[0] ?? '') < (b[0] ?? '') ? -1 : 1)),
    expected.map(each => [each.class, each.verdict, each.instances, each.certainty ?? 'certain']),
  );
}

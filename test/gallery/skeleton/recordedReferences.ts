import assert from 'node:assert/strict';
import { faultLines, type GalleryDriver } from './driverFolders.ts';
import type { RecordedObject, RecordedReference } from './referenceTrace.ts';
import type { ClassTruth } from './truth.ts';

/**
 * Asserts that what is told of the leaked objects is what the runtime recorded of every single reference to them: how many
 * there are, and that one which was not given back was taken on a line that is stated.
 */
export function areRecordedAsTold(driver: GalleryDriver, objects: readonly RecordedObject[]): void {
  for (const told of driver.truth.classes ?? []) {
    if (told.verdict !== 'leaked') continue;
    const left = objects.filter(object => object.class === told.class);
    assert.equal(left.length, told.instances, `${told.class} in the record`);
    for (const object of left) isTakenAsTold(driver, told, object);
  }
}

function isTakenAsTold(driver: GalleryDriver, told: ClassTruth, { references }: RecordedObject): void {
  const taken = references.filter(isTaken);
  const outstanding = taken.length - (references.length - taken.length);
  // One that was freed and is counted still has no reference left.
  const isFreed = driver.truth.case === 'C';
  assert.equal(outstanding > 0, !isFreed, `${told.class}: ${outstanding} references`);
  if (isFreed) return;
  const lines = new Set(taken.flatMap(reference => reference.lines));
  const onFaults = faultLines(driver).filter(({ file, line }) => lines.has(`${file}:${line}`));
  const stated = linesWith(driver, told.takenAt ?? []).filter(line => lines.has(line));
  assert.equal(stated.length > 0, told.takenAt !== undefined, `${told.class}: taken at ${[...lines].join(', ')}`);
  assert.equal(onFaults.length > 0, told.takenAt === undefined, `${told.class}: taken at ${[...lines].join(', ')}`);
}

function isTaken({ kind }: RecordedReference): boolean {
  return kind === 'create' || kind === 'retain' || kind === 'collect';
}

function linesWith({ sources }: GalleryDriver, pieces: readonly string[]): readonly string[] {
  return [...sources].flatMap(([file, text]) =>
    text.split('\n').flatMap((line, at) => (pieces.some(piece => line.includes(piece)) ? [`${file}:${at + 1}`] : [])),
  );
}

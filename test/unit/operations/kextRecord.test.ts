import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import fc from 'fast-check';
import { type KextRecord, KextRecordFile } from '../../../src/operations/kextRecord.ts';

const record: KextRecord = {
  bootTime: 1000,
  diagnoses: [
    {
      about: 'unload',
      cause: 'leaked',
      severity: 'error',
      message: 'm',
      evidence: [{ text: 'e', position: { file: '/p', line: 1, column: 1 } }],
      holders: [],
      remedy: 'r',
      certainty: 'certain',
    },
  ],
  refused: { uuid: 'A' },
  pending: { uuid: 'B' },
};

describe('The record of a kext', () => {
  let folder: string;
  let file: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kext-dev-record-'));
    file = join(folder, 'kexts', 'org.sample.json');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('is none before it was written, and after it was cleared', async () => {
    const store = new KextRecordFile(file);
    assert.equal(await store.read(), undefined);
    await store.clear();
    await store.write(record);
    await store.clear();
    assert.equal(await store.read(), undefined);
  });

  it('is read back as it was written, by another process, too', async () => {
    await new KextRecordFile(file).write(record);
    assert.deepEqual(await new KextRecordFile(file).read(), record);
    assert.deepEqual(await readdir(join(folder, 'kexts')), ['org.sample.json']);
  });

  it('that was damaged counts as none', async () => {
    const store = new KextRecordFile(file);
    await store.write(record);
    const other = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json(),
      fc.constant('{"diagnoses":3}'),
      fc.constant('null'),
    );
    await fc.assert(
      fc.asyncProperty(other, async text => {
        await writeFile(file, text);
        assert.equal(await store.read(), undefined);
      }),
      { numRuns: 50 },
    );
  });
});

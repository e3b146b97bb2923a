import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import fc from 'fast-check';
import type { Diagnosis } from '../../../../src/diagnosis/diagnosis.ts';
import { type KextRecord, KextRecordFile } from '../../../../src/operations/record/kextRecord.ts';
import { kextRecordFile } from '../../../../src/targets/folders.ts';

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

  it('has beside it what outlives the boot and what runs, each by itself, and never for another kext', async () => {
    const store = new KextRecordFile(file);
    const panic = { diagnosis: record.diagnoses[0] as Diagnosis, report: '/r' };
    const entry = { doing: 'd', phase: 'loading', begun: 1, since: 2, bootTime: 3, pid: 4 } as const;
    await store.panic.write(panic);
    await store.journal.write(entry);
    const atLoad = { bootTime: 3, index: 160, instances: { Rotor: 1 } };
    await store.atLoad.write(atLoad);
    await store.write(record);
    await store.clear();
    const again = new KextRecordFile(file);
    assert.deepEqual(
      [await again.panic.read(), await again.journal.read(), await again.atLoad.read()],
      [panic, entry, atLoad],
    );
    for (const name of await readdir(join(folder, 'kexts')))
      assert.notEqual(
        name,
        kextRecordFile('', name.replace(/\.json$/, ''))
          .split('/')
          .at(-1),
      );
  });

  it('keeps one panic report beside it, the last one', async () => {
    const store = new KextRecordFile(file);
    await store.keepReport('old', 'ips');
    const kept = await store.keepReport('new', 'panic');
    assert.deepEqual(await readdir(join(folder, 'kexts')), [basename(kept)]);
    assert.equal(await readFile(kept, 'utf8'), 'new');
  });

  it('that was damaged counts as none, and so does what is beside it', async () => {
    const store = new KextRecordFile(file);
    await store.write(record);
    await store.journal.write({} as never);
    await store.panic.write({} as never);
    await store.atLoad.write({} as never);
    const besides = (await readdir(join(folder, 'kexts'))).map(name => join(folder, 'kexts', name));
    const other = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json(),
      fc.constant('{"diagnoses":3}'),
      fc.constant('null'),
    );
    await fc.assert(
      fc.asyncProperty(other, async text => {
        for (const each of besides) await writeFile(each, text);
        assert.deepEqual(
          [await store.read(), await store.journal.read(), await store.panic.read(), await store.atLoad.read()],
          [undefined, undefined, undefined, undefined],
        );
      }),
      { numRuns: 50 },
    );
  });
});

import assert from 'node:assert/strict';
import { rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { aloneAsBound, aloneOnKext } from '../../../../src/operations/aloneOnKext.ts';
import { findKextProject } from '../../../../src/operations/project/findKextProject.ts';
import type { KextProject } from '../../../../src/operations/project/kextProject.ts';
import { rememberIdentifier, withKnownIdentifier } from '../../../../src/operations/project/knownIdentifier.ts';
import { KextRecordFile } from '../../../../src/operations/record/kextRecord.ts';
import type { ExclusiveTurn, Target } from '../../../../src/tools/port/target.ts';
import { folderOf, infoPlistOf, variableInfoPlist, writeInto } from '../../../support/xcodeFixture.ts';

const { signal } = new AbortController();
const turn: ExclusiveTurn = { doing: '', waits: () => undefined };
const pump = 'org.sample.driver.Pump';

let top: string;
beforeEach(async () => {
  const Makefile = `ID = ${pump}\n`;
  const files = { Makefile, 'Info.plist': variableInfoPlist };
  top = await folderOf({});
  for (const name of ['one', 'other']) await writeInto(join(top, name), files);
});
afterEach(() => rm(top, { recursive: true, force: true }));

async function opened(name: string): Promise<KextProject> {
  const project = await findKextProject(join(top, name), [], signal);
  return 'problem' in project ? assert.fail(project.problem) : project;
}

const build = (name: string) =>
  writeInto(join(top, name), {
    'build/Pump.kext/Contents/Info.plist': infoPlistOf({
      CFBundleIdentifier: pump,
      CFBundlePackageType: 'KEXT',
      CFBundleVersion: '1.0',
    }),
  });

describe('What a kext is remembered under', () => {
  it('is its identifier where the source says that', async () => {
    await writeInto(join(top, 'one'), {
      'Info.plist': variableInfoPlist.replace('$(PRODUCT_BUNDLE_IDENTIFIER)', pump),
    });
    assert.equal((await opened('one')).rememberedAs, pump);
  });

  it('is else the project, with a product and without one, by whatever path one comes to it, and no other project', async () => {
    const before = (await opened('one')).rememberedAs;
    await build('one');
    const built = await opened('one');
    assert.deepEqual([built.rememberedAs, built.bundleIdentifier], [before, pump]);
    await symlink('one', join(top, 'link'));
    assert.equal((await opened('link')).rememberedAs, before);
    assert.notEqual((await opened('other')).rememberedAs, before);
  });

  it('keeps the identifier of the last product, for when there is none', async () => {
    const records = new KextRecordFile(join(top, 'kexts', 'x.json'));
    const before = await opened('one');
    assert.equal(await withKnownIdentifier(before, records), before);
    await rememberIdentifier(before, records, before.bundleIdentifier);
    await rememberIdentifier(before, records, pump);
    assert.equal((await withKnownIdentifier(before, records)).bundleIdentifier, pump);
    await records.clear();
    assert.equal((await withKnownIdentifier(before, records)).bundleIdentifier, pump);
  });
});

describe('Work on a kext', () => {
  /** Gives the names under which there is a lock while work goes on. */
  function lockable() {
    const held: string[] = [];
    const exclusively: Target['exclusively'] = async (name, _signal, work) => {
      held.push(name);
      return work();
    };
    return { held, target: { exclusively } as Target };
  }

  it('goes alone by what it is remembered under, and by the identifier, which another checkout has as well', async () => {
    await build('one');
    const { held, target } = lockable();
    const project = await opened('one');
    assert.equal(await aloneOnKext({ project, target }, signal, async () => 'in', turn), 'in');
    assert.deepEqual(held, [project.rememberedAs, pump]);
  });

  it('takes the identifier when its first build tells it, once', async () => {
    const { held, target } = lockable();
    const project = await opened('one');
    const bound = { project: { ...project, bundleIdentifier: pump }, target };
    const work = () => aloneAsBound({ project, target }, bound, signal, async () => 'in', turn);
    assert.equal(await aloneOnKext({ project, target }, signal, work, turn), 'in');
    assert.deepEqual(held, [project.rememberedAs, pump]);
    assert.equal(await aloneAsBound(bound, bound, signal, async () => 'in', turn), 'in');
    assert.equal(held.length, 2);
  });
});

import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { findKextProject } from '../../../../src/operations/project/findKextProject.ts';
import { findKexts } from '../../../../src/operations/project/findKexts.ts';
import type { KextProject } from '../../../../src/operations/project/kextProject.ts';
import { baseOf, homeFolder } from '../../../../src/operations/project/linkedKexts.ts';
import { neighboursAmong } from '../../../../src/operations/project/neighbour.ts';
import { otherKexts } from '../../../../src/operations/project/otherKexts.ts';
import { infoPlist, memoryRecords, turbine } from '../fakeTarget.ts';

/** A kext by a letter, linked against those. */
const kext = (letter: string, ...libraries: readonly string[]) => ({
  infoPlist: {
    bundleIdentifier: `org.${letter}`,
    file: `/w/${letter}/Info.plist`,
    libraries: new Map(libraries.map(each => [`org.${each}`, '1.0'])),
  },
});

const table: readonly (readonly [what: string, own: string, links: Readonly<Record<string, string>>, base?: string])[] =
  [
    ['alone', 'a', { a: '' }],
    ['linked with none of the others', 'b', { a: '', b: '' }],
    ['the base itself', 'a', { a: '', b: 'a' }],
    ['linked against one', 'b', { a: '', b: 'a' }, 'a'],
    ['at the end of a chain', 'c', { a: '', b: 'a', c: 'b' }, 'a'],
    ['linked against two: the first by path', 'c', { b: '', a: '', c: 'ba' }, 'a'],
    ['the second of the two, which then has the same', 'b', { b: '', a: '', c: 'ba' }, 'a'],
    ['in a circle: it has its own', 'a', { a: 'b', b: 'a' }],
  ];

describe('The kext against which linked kexts are linked', () => {
  for (const [what, own, links, base] of table)
    it(what, () => {
      const kexts = Object.entries(links).map(([letter, libraries]) => kext(letter, ...libraries));
      const asked = kexts.find(({ infoPlist: { bundleIdentifier } }) => bundleIdentifier === `org.${own}`);
      const found = baseOf(asked?.infoPlist ?? assert.fail(), kexts);
      assert.equal(found?.infoPlist.bundleIdentifier, base && `org.${base}`);
    });
});

describe('Of several copies of a kext', () => {
  const at = (tree: string, { infoPlist }: ReturnType<typeof kext>) => ({
    infoPlist: { ...infoPlist, file: `/${tree}${infoPlist.file}` },
  });
  const kexts = ['t1', 't2'].flatMap(tree => [at(tree, kext('a')), at(tree, kext('b', 'a'))]);

  it('the nearest is meant, so that each tree has a base of its own', () => {
    const files = kexts.map(({ infoPlist }) => baseOf(infoPlist, kexts)?.infoPlist.file);
    assert.deepEqual(files, [undefined, '/t1/w/a/Info.plist', undefined, '/t2/w/a/Info.plist']);
    const [, , own] = kexts;
    assert.deepEqual(
      otherKexts(own?.infoPlist ?? assert.fail(), kexts).map(({ infoPlist: { file } }) => file),
      ['/t2/w/b/Info.plist'],
    );
  });
});

describe('In a workspace', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kext-dev-workspace-'));
    const user = infoPlist.replace(turbine, 'org.sample.User').replace('com.apple.kpi.iokit', turbine);
    for (const [name, text] of [
      ['turbine', infoPlist],
      ['user', user],
      ['user2', user],
    ] as const) {
      await mkdir(join(folder, name));
      await writeFile(join(folder, name, 'Info.plist'), text);
      await writeFile(join(folder, name, 'Makefile'), 'all:\n');
    }
  });
  after(() => rm(folder, { recursive: true, force: true }));

  async function open(name: string): Promise<KextProject> {
    const project = await findKextProject(join(folder, name), [], new AbortController().signal);
    return 'problem' in project ? assert.fail(project.problem) : project;
  }

  it('the neighbours are the others, each identifier once, and are read when they are asked for', async () => {
    const { kexts } = await findKexts(folder);
    const asked: string[] = [];
    const recordsOf = (kext: string) => {
      asked.push(kext);
      return memoryRecords();
    };
    const [neighbour, ...more] = neighboursAmong(kexts, await open('turbine'), recordsOf);
    assert.deepEqual([neighbour?.bundleIdentifier, more, asked], ['org.sample.User', [], ['org.sample.User']]);
    const project = await neighbour?.open(new AbortController().signal);
    assert.equal(project?.folder, join(folder, 'user'));
    const { key, rememberedAs, version } = project ?? assert.fail();
    assert.partialDeepStrictEqual(neighbour?.unread, {
      folder: project?.folder,
      key,
      rememberedAs,
      version,
      classes: [],
    });
  });

  it('the Simulated Mac of all is that of the one against which they are linked', async () => {
    const { kexts } = await findKexts(folder);
    for (const name of ['turbine', 'user', 'user2'])
      assert.equal(await homeFolder(await open(name), kexts), join(folder, 'turbine'));
    assert.equal(await homeFolder(await open('user'), []), join(folder, 'user'));
  });
});

import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { product } from '../../../../src/operations/project/product.ts';
import { reloadsToLetGo } from '../../../../src/operations/shelf/reloadsToLetGo.ts';
import type { BuildToKeep, ReloadFacts, Shelf } from '../../../../src/operations/shelf/shelf.ts';
import { ShelfFolder } from '../../../../src/operations/shelf/shelfFolder.ts';
import { kextShelfFolder } from '../../../../src/targets/folders.ts';
import { fakeTarget, infoPlist, sampleOperation, sampleProject, turbine } from '../fakeTarget.ts';

const [a, b] = ['4C4C4400-5555-3144-A1A1-0000AAAAAAAA', '4C4C4400-5555-3144-A1A1-0000BBBBBBBB'] as const;

let folder = '';
let minute = 0;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kext-dev-shelf-'));
  minute = 0;
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const shelfIn = (identifier = turbine) => new ShelfFolder(kextShelfFolder(folder, identifier));

interface ReloadToKeep extends BuildToKeep {
  readonly facts: ReloadFacts;
}

const log = '$ make → 0\n';
const keep = (shelf: Shelf, { facts, ...build }: ReloadToKeep, stay: ReadonlySet<string>) =>
  shelf.begin(build).keep(facts, log, stay);

/** A build as it lies in the project, and the reload of it, a minute after the one before. */
async function reloadOf(
  uuid: string | null,
  code = uuid ?? '',
  told: Partial<ReloadFacts> = {},
): Promise<ReloadToKeep> {
  const bundle = join(folder, 'build', 'Turbine.kext');
  await mkdir(join(bundle, 'Contents', 'MacOS'), { recursive: true });
  await writeFile(join(bundle, 'Contents', 'Info.plist'), infoPlist);
  await writeFile(join(bundle, 'Contents', 'MacOS', 'Turbine'), code, { mode: 0o755 });
  minute += 1;
  const facts: ReloadFacts = {
    schema: 1,
    time: new Date(Date.UTC(2026, 10, 26, 14, minute)).toISOString(),
    bundleIdentifier: turbine,
    version: '1.0',
    uuid,
    uuids: uuid === null ? [] : [uuid],
    outcome: 'loaded',
    target: { id: 'simulated', name: 'Simulated Mac' },
    counts: { Rotor: 2 },
    phases: [],
    diagnoses: [],
    ...told,
  };
  return { facts, bundle, uuid };
}

const none = new Set<string>();
const inode = async (bundle: string) => (await stat(join(bundle, 'Contents', 'MacOS', 'Turbine'))).ino;

describe('The shelf', () => {
  it('is empty where nothing was kept', async () => {
    assert.deepEqual(await shelfIn().reloads(), []);
    assert.equal(await shelfIn().shelved(a), undefined);
  });

  it('has the newest reload first, each with its bundle, what was said, and its facts', async () => {
    const shelf = shelfIn();
    await keep(shelf, await reloadOf(a), none);
    await keep(shelf, await reloadOf(b, 'other', { commit: { hash: 'abc1234', dirty: true } }), none);
    const [newest, oldest, ...more] = await shelf.reloads();
    assert.deepEqual([newest?.uuid, oldest?.uuid, more], [b, a, []]);
    assert.deepEqual([newest?.commit, newest?.counts], [{ hash: 'abc1234', dirty: true }, { Rotor: 2 }]);
    assert.match(newest?.folder ?? '', /2026-11-26T14-02-00\.000Z-BBBB$/);
    const code = join(newest?.bundle ?? '', 'Contents', 'MacOS', 'Turbine');
    assert.equal(await readFile(code, 'utf8'), 'other');
    assert.equal((await stat(code)).mode & 0o111, 0o111);
    assert.equal(await readFile(newest?.log ?? '', 'utf8'), '$ make → 0\n');
    assert.equal((await shelf.shelved(a))?.folder, oldest?.folder);
  });

  it('keeps a build that is the same once, also where it was made anew, and one that differs in its Info.plist as it is', async () => {
    const shelf = shelfIn();
    await keep(shelf, await reloadOf(a), none);
    await keep(shelf, await reloadOf(a), none);
    const other = await reloadOf(a);
    await writeFile(join(other.bundle, 'Contents', 'Info.plist'), infoPlist.replace('1.0', '2.0'));
    await keep(shelf, other, none);
    const bundles = (await shelf.reloads()).map(({ bundle }) => bundle);
    const inodes = await Promise.all(bundles.map(inode));
    assert.deepEqual([bundles.length, new Set(inodes).size], [3, 1]);
    const lists = bundles.map(bundle => readFile(join(bundle, 'Contents', 'Info.plist'), 'utf8'));
    const versions = (await Promise.all(lists)).map(text => text.includes('2.0'));
    assert.deepEqual(versions, [true, false, false]);
  });

  it('never links to the build itself, which the next build may write to', async () => {
    const reload = await reloadOf(a);
    await keep(shelfIn(), reload, none);
    await writeFile(join(reload.bundle, 'Contents', 'MacOS', 'Turbine'), 'the next build');
    const [kept] = await shelfIn().reloads();
    assert.equal(await readFile(join(kept?.bundle ?? '', 'Contents', 'MacOS', 'Turbine'), 'utf8'), a);
  });

  it('keeps a dSYM beside its bundle, and links as links', async () => {
    const reload = await reloadOf(a);
    const dSYM = `${reload.bundle}.dSYM`;
    await mkdir(dSYM);
    await writeFile(join(dSYM, 'Info.plist'), 'symbols');
    await symlink('MacOS/Turbine', join(reload.bundle, 'Contents', 'link'));
    await keep(shelfIn(), { ...reload, dSYM }, none);
    const [kept] = await shelfIn().reloads();
    assert.equal(await readFile(join(kept?.dSYM ?? '', 'Info.plist'), 'utf8'), 'symbols');
    assert.equal(kept?.bytes, a.length + infoPlist.length + 'symbols'.length);
    assert.equal(await readFile(join(kept?.bundle ?? '', 'Contents', 'link'), 'utf8'), a);
  });

  it('has no half a reload: one that could not be copied leaves nothing, and what a process left that is gone goes', async () => {
    const shelf = shelfIn();
    const reload = await reloadOf(a);
    await assert.rejects(keep(shelf, { ...reload, bundle: join(folder, 'nowhere') }, none));
    const top = kextShelfFolder(folder, turbine);
    assert.deepEqual(await readdir(top), []);
    await shelf.begin(reload).drop();
    assert.deepEqual(await readdir(top), []);
    await mkdir(join(top, '.2026-11-26T14-02-00.000Z-BBBB.999999999'));
    await mkdir(join(top, 'no reload'));
    await writeFile(join(top, 'file'), '');
    await keep(shelf, reload, none);
    assert.equal((await shelf.reloads()).length, 1);
    assert.deepEqual(
      (await readdir(top)).filter(name => name.startsWith('.')),
      [],
    );
  });

  it('passes over facts that are damaged, and believes no path in them', async () => {
    const shelf = shelfIn();
    await keep(shelf, await reloadOf(a), none);
    const [kept] = await shelf.reloads();
    const file = join(kept?.folder ?? '', 'kext-dev-reload.json');
    const facts = JSON.parse(await readFile(file, 'utf8'));
    await writeFile(file, JSON.stringify({ ...facts, bundle: '../../../etc' }));
    assert.equal((await shelf.reloads())[0]?.bundle, join(kept?.folder ?? '', 'etc'));
    for (const damaged of ['', '{', '[]', 'null', '{"schema":2}', JSON.stringify({ ...facts, uuids: 1 })]) {
      await writeFile(file, damaged);
      assert.deepEqual(await shelf.reloads(), [], damaged);
    }
  });

  it('keeps the last twenty, and with them the build that is loaded and the one that waits', async () => {
    const shelf = shelfIn();
    const loaded = await reloadOf(a);
    await keep(shelf, loaded, none);
    for (let count = 0; count < 22; count += 1) await keep(shelf, await reloadOf(b), new Set([a]));
    const uuids = (await shelf.reloads()).map(({ uuid }) => uuid);
    assert.deepEqual([uuids.length, uuids.at(-1)], [21, a]);
    await keep(shelf, await reloadOf(b), none);
    assert.ok((await shelf.reloads()).every(({ uuid }) => uuid === b));
  });

  it('has nothing that counts as a product of the project that it lies in', async () => {
    const project = await sampleProject();
    try {
      const { project: own } = await sampleOperation(project, fakeTarget({}));
      const shelf = new ShelfFolder(join(project, 'state', 'shelf', turbine));
      await keep(shelf, await reloadOf(a), none);
      assert.equal((await product(own)).bundle, undefined);
    } finally {
      await rm(project, { recursive: true });
    }
  });
});

describe('What goes when a shelf is full', () => {
  const reload = (uuid: string | null, bytes: number) => ({ uuid, uuids: uuid === null ? [] : [uuid], bytes });
  const gone = (reloads: readonly ReturnType<typeof reload>[], stay: readonly string[] = []) =>
    reloadsToLetGo(reloads, new Set(stay), { reloads: 3, bytes: 100 }).map(each => reloads.indexOf(each));

  const table: readonly (readonly [string, readonly number[], readonly number[]])[] = [
    ['nothing while there is room', gone([reload('a', 50), reload('b', 50)]), []],
    ['the oldest of too many', gone(['a', 'b', 'c', 'd', 'e'].map(name => reload(name, 1))), [3, 4]],
    ['the oldest where they take too much', gone([reload('a', 60), reload('b', 60), reload('c', 1)]), [1, 2]],
    ['never the newest, however large', gone([reload('a', 900)]), []],
    [
      'never the build that stays, of which the newest is enough',
      gone([1, 2, 3, 4].map(() => reload('n', 1)).concat(reload('s', 99), reload('s', 99)), ['s']),
      [3, 5],
    ],
    ['none for what is linked', gone([reload('a', 90), reload('a', 90), reload('a', 90)]), []],
    ['none for one, all for each without a UUID', gone([reload(null, 60), reload(null, 60)]), [1]],
  ];
  for (const [name, found, expected] of table) it(`is ${name}`, () => assert.deepEqual(found, expected));
});

describe('The folder of a shelf', () => {
  it('is one folder inside the state’s, whatever the identifier', async () => {
    const reload = await reloadOf(a);
    const names = ['..', '.', '../../x', 'a/b\n'];
    for (const hostile of names) {
      await keep(shelfIn(hostile), reload, none);
      assert.equal((await shelfIn(hostile).reloads()).length, 1);
    }
    assert.equal((await readdir(join(folder, 'shelf'))).length, names.length);
    assert.deepEqual((await readdir(folder)).sort(), ['build', 'shelf']);
  });
});

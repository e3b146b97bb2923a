import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, stat, symlink, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import fc from 'fast-check';
import {
  cacheFolder,
  fileNameFor,
  kextRecordFile,
  kextShelfFolder,
  macStateFolder,
  makeWritableFolder,
  operationFolder,
  simulatedStateFolder,
} from '../../../src/targets/folders.ts';
import { targetStateFolder } from '../../../src/targets/targetChoice.ts';

const scratch = mkdtempSync(join(tmpdir(), 'kext-dev-folders-'));
after(() => rmSync(scratch, { recursive: true, force: true }));

describe('Where files of the user go', () => {
  it('the cache, by the XDG folders and without them', () => {
    assert.equal(cacheFolder({ XDG_CACHE_HOME: '/c' }), '/c/kext-dev');
    for (const environment of [{}, { XDG_CACHE_HOME: '' }]) {
      assert.equal(cacheFolder(environment), join(homedir(), '.cache', 'kext-dev'));
    }
  });

  it('a Simulated Mac for each project, the same each time', async () => {
    const place = await simulatedStateFolder('/p/turbine', { XDG_STATE_HOME: '/s' });
    assert.match(place, /^\/s\/kext-dev\/simulated\/turbine-[0-9a-f]{8}$/);
    assert.equal(await simulatedStateFolder('/p/turbine', { XDG_STATE_HOME: '/s' }), place);
    assert.notEqual(await simulatedStateFolder('/q/turbine', { XDG_STATE_HOME: '/s' }), place);
  });

  it('the same Simulated Mac by whatever path one comes to the project', async () => {
    await mkdir(join(scratch, 'turbine'));
    await symlink('turbine', join(scratch, 'by-another-name'));
    const place = await simulatedStateFolder(join(scratch, 'turbine'), {});
    assert.equal(await simulatedStateFolder(join(scratch, 'by-another-name'), {}), place);
    assert.equal(await simulatedStateFolder(`${scratch}/./turbine/`, {}), place);
  });

  it('or where KEXT_DEV_STATE says', async () => {
    const elsewhere = { KEXT_DEV_STATE: '/elsewhere', XDG_STATE_HOME: '/s' };
    assert.equal(await simulatedStateFolder('/p', elsewhere), '/elsewhere');
    assert.match(await simulatedStateFolder('/p', { KEXT_DEV_STATE: '', XDG_STATE_HOME: '/s' }), /^\/s\//);
  });

  it('what is remembered of a Mac, one folder for it whatever the project', () => {
    assert.equal(
      macStateFolder('ssh:mini', { XDG_STATE_HOME: '/s' }),
      `/s/kext-dev/targets/${fileNameFor('ssh:mini')}`,
    );
    assert.equal(macStateFolder('local', {}), join(homedir(), '.local/state/kext-dev/targets/local'));
    const mini = { host: 'mini' };
    const folders = ['/p', '/q'].map(project => targetStateFolder(mini, project, { XDG_STATE_HOME: '/s' }));
    assert.equal(folders[0], folders[1]);
    assert.equal(targetStateFolder({ thisMac: true }, '/p', { XDG_STATE_HOME: '/s' }), '/s/kext-dev/targets/local');
    assert.equal(
      targetStateFolder(mini, '/p', { KEXT_DEV_STATE: '/elsewhere' }),
      `/elsewhere/targets/${fileNameFor('ssh:mini')}`,
    );
  });

  it('the record of a kext, its reloads and its lock within the state, by its identifier', () => {
    assert.equal(kextRecordFile('/s', 'org.sample.driver.turbine'), '/s/kexts/org.sample.driver.turbine.json');
    assert.equal(kextShelfFolder('/s', 'org.sample.driver.turbine'), '/s/shelf/org.sample.driver.turbine');
    assert.equal(operationFolder('/s', 'org.sample.driver.turbine'), '/s/operations/org.sample.driver.turbine');
    for (const place of [kextRecordFile, kextShelfFolder, operationFolder])
      for (const hostile of ['..', '.', '../../x/y', '/etc', ''])
        assert.match(place('/s', hostile), /^\/s\/[a-z]+\/[^/]+~[^/]+$/);
  });
});

describe('The name of a file for a text from somewhere', () => {
  /** What a disk that knows no capitals, joins accents, or drops what Windows drops makes of it. */
  const onAnyDisk = (name: string) =>
    name
      .normalize('NFD')
      .toLowerCase()
      .replace(/[. ]+$/, '');
  const word = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 300 }),
    fc.constantFrom(
      '.',
      '..',
      '',
      'con',
      'nul.x',
      'a',
      'A',
      'a.',
      'é',
      'e\u0301',
      'x'.repeat(101),
      '~',
      'com.a/b',
      'COM.a',
    ),
  );

  it('is one name, of a length that leaves room, which leads nowhere and says nothing to a system', () => {
    fc.assert(
      fc.property(word, text => {
        const name = fileNameFor(text);
        assert.match(name, /^[\w-][\w.~-]*$/);
        assert.ok(name.length <= 120 && !/^(?:con|nul)(?:\.|$)/i.test(name), name);
      }),
    );
  });

  it('is another one for each text, on every disk', () => {
    fc.assert(
      fc.property(word, word, (one, other) => {
        if (one !== other) assert.notEqual(onAnyDisk(fileNameFor(one)), onAnyDisk(fileNameFor(other)));
      }),
    );
    const names = [
      'com.example.foo',
      'com.example.Foo',
      'com.example.FOO',
      'com.example.f\u00f6',
      'com.example.fo\u0308',
    ];
    assert.equal(new Set(names.map(fileNameFor).map(onAnyDisk)).size, names.length);
    assert.notEqual(fileNameFor(fileNameFor('Foo')), fileNameFor('Foo'), 'nor that of another name');
  });

  it('can be read', () => {
    assert.equal(fileNameFor('com.example.foo-bar_2'), 'com.example.foo-bar_2');
    assert.match(fileNameFor('ssh:dev@fe80::1'), /^ssh_dev_fe80_1~[0-9a-f]{16}$/);
    assert.match(fileNameFor('com.example.Foo'), /^com\.example\.Foo~[0-9a-f]{16}$/);
  });
});

describe('A folder to keep files in', () => {
  it('is made with those above it, or is there', async () => {
    const folder = join(scratch, 'a', 'b', 'c');
    assert.equal(await makeWritableFolder(folder), undefined);
    assert.ok((await stat(folder)).isDirectory());
    assert.equal(await makeWritableFolder(folder), undefined);
  });

  it('is made by several at once', async () => {
    const folder = join(scratch, 'd', 'e', 'f');
    assert.deepEqual(await Promise.all([1, 2, 3].map(() => makeWritableFolder(folder))), Array(3).fill(undefined));
  });

  it('cannot be a file, nor below one', async () => {
    const file = join(scratch, 'file');
    await writeFile(file, '');
    for (const folder of [file, join(file, 'x', 'y')]) {
      assert.equal(await makeWritableFolder(folder), `${file} is no folder; expected one to keep files in`);
    }
  });

  it('cannot be where no folder can be made, said at once', async () => {
    const said = await makeWritableFolder('/proc/nowhere/below');
    assert.match(said ?? '', /^\/proc\/nowhere\/below cannot be made \(E[A-Z]+\); expected a folder to keep files in$/);
  });
});

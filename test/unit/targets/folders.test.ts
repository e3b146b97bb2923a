import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, stat, symlink, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import {
  cacheFolder,
  kextRecordFile,
  macStateFolder,
  makeWritableFolder,
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
    assert.equal(macStateFolder('ssh:mini', { XDG_STATE_HOME: '/s' }), '/s/kext-dev/targets/ssh%3Amini');
    assert.equal(macStateFolder('local', {}), join(homedir(), '.local/state/kext-dev/targets/local'));
    const mini = { host: 'mini' };
    const folders = ['/p', '/q'].map(project => targetStateFolder(mini, project, { XDG_STATE_HOME: '/s' }));
    assert.equal(folders[0], folders[1]);
    assert.equal(targetStateFolder({ thisMac: true }, '/p', { XDG_STATE_HOME: '/s' }), '/s/kext-dev/targets/local');
    assert.equal(targetStateFolder(mini, '/p', { KEXT_DEV_STATE: '/elsewhere' }), '/elsewhere/targets/ssh%3Amini');
  });

  it('of a Mac in a name that every disk takes', () => {
    const long = [`ssh:${'ü'.repeat(300)}`, `ssh:${'ü'.repeat(299)}ä`].map(id =>
      macStateFolder(id, { XDG_STATE_HOME: '/s' }),
    );
    assert.notEqual(long[0], long[1]);
    for (const folder of long) assert.ok((folder.split('/').at(-1) ?? '').length < 220);
    assert.equal(
      macStateFolder('ssh:dev@fe80::1', { XDG_STATE_HOME: '/s' }),
      '/s/kext-dev/targets/ssh%3Adev%40fe80%3A%3A1',
    );
  });

  it('the record of a kext within the state, whatever its identifier holds', () => {
    assert.equal(kextRecordFile('/s', 'org.sample.driver.Turbine'), '/s/kexts/org.sample.driver.Turbine.json');
    assert.equal(kextRecordFile('/s', '../../x/y'), '/s/kexts/..%2F..%2Fx%2Fy.json');
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

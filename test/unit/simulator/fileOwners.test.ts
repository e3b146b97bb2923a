import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { SimulatedDisk } from '../../../src/simulator/simulatedDisk.ts';
import { type FileTool, fileTool } from '../../../src/simulator/tools/fileTool.ts';

let home: string;
let disk: SimulatedDisk;
const bundle = '/private/tmp/A.kext';
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'kext-dev-owners-'));
  disk = new SimulatedDisk(join(home, 'disk'));
  await mkdir(join(home, 'A.kext', 'Contents'), { recursive: true, mode: 0o777 });
  await writeFile(join(home, 'A.kext', 'Contents', 'Info.plist'), '', { mode: 0o644 });
});
afterEach(() => rm(home, { recursive: true, force: true }));

const owners = async (path = bundle) =>
  (await disk.entries(path)).map(({ path: of, uid, gid, mode }) => `${of} ${uid}:${gid} ${mode.toString(8)}`);
const run = (tool: FileTool, ...argv: readonly string[]) => fileTool(disk, tool, argv, true);

describe('What is installed on the Simulated Mac', () => {
  it('is root’s and wheel’s, and nobody else may write to it, whoever built it', async () => {
    await disk.put(join(home, 'A.kext'), bundle);
    const installed = await disk.entries(bundle);
    assert.deepEqual(
      installed.map(({ path, kind }) => `${kind} ${path}`),
      [`folder ${bundle}`, `folder ${bundle}/Contents`, `file ${bundle}/Contents/Info.plist`],
    );
    assert.ok(installed.every(({ uid, gid, mode }) => uid === 0 && gid === 0 && (mode & 0o022) === 0));
  });

  it('may be somebody else’s, until it is installed again', async () => {
    await disk.put(join(home, 'A.kext'), bundle, { uid: 501, gid: 20, without: 0 });
    assert.ok((await disk.entries(bundle)).every(({ uid, gid }) => uid === 501 && gid === 20));
    await disk.put(join(home, 'A.kext'), bundle);
    assert.ok((await disk.entries(bundle)).every(({ uid, gid }) => uid === 0 && gid === 0));
  });

  it('keeps its owner in another process’s sight, and loses it with the file', async () => {
    await disk.put(join(home, 'A.kext'), bundle);
    await run('chown', '-R', '501:staff', bundle);
    assert.match((await new SimulatedDisk(join(home, 'disk')).entries(bundle))[0]?.uid.toString() ?? '', /^501$/);
    await disk.restart();
    assert.deepEqual(await owners(), []);
    await disk.put(join(home, 'A.kext'), bundle);
    assert.equal((await disk.entries(bundle))[0]?.uid, 0);
  });

  it('is forgotten wholly when the disk is erased', async () => {
    await disk.put(join(home, 'A.kext'), bundle);
    await run('chown', '-R', '501:20', bundle);
    await disk.erase();
    assert.deepEqual(await readdir(home), ['A.kext']);
  });

  it('is root’s where the table of owners is damaged', async () => {
    await disk.put(join(home, 'A.kext'), bundle);
    await run('chown', '-R', '501:20', bundle);
    const table = join(home, 'disk.owners.json');
    for (const text of [
      '',
      '[',
      'null',
      '3',
      '{"/private/tmp/A.kext": 1}',
      (await readFile(table, 'utf8')).slice(0, 40),
    ]) {
      await writeFile(table, text);
      assert.equal((await disk.entries(bundle))[0]?.uid, 0, text);
    }
  });
});

describe('mkdir, chown, chmod and rm', () => {
  it('do what an install needs', async () => {
    await run('mkdir', '-p', '/Library/Extensions');
    await disk.put(join(home, 'A.kext'), '/Library/Extensions/A.kext', { uid: 501, gid: 20, without: 0 });
    for (const call of [
      ['chown', '-R', 'root:wheel', '/Library/Extensions/A.kext'],
      ['chmod', '-R', '775', '/Library/Extensions/A.kext'],
      ['chmod', '-R', 'go-w', '/Library/Extensions/A.kext/Contents'],
    ] as const)
      assert.equal((await run(call[0], ...call.slice(1))).exitCode, 0, call.join(' '));
    assert.deepEqual(await owners('/Library/Extensions/A.kext'), [
      '/Library/Extensions/A.kext 0:0 775',
      '/Library/Extensions/A.kext/Contents 0:0 755',
      '/Library/Extensions/A.kext/Contents/Info.plist 0:0 755',
    ]);
    await run('rm', '-rf', '/Library/Extensions/A.kext');
    assert.deepEqual(await owners('/Library/Extensions'), ['/Library/Extensions 0:0 755']);
  });

  it('never leave the disk', async () => {
    const outside = join(home, 'outside');
    await writeFile(outside, 'kept');
    await disk.put(join(home, 'A.kext'), bundle);
    await symlink(home, join(disk.place(bundle), 'out'));
    await run('rm', '-rf', '/../../outside', '../outside', `${bundle}/../../../../outside`);
    await run('mkdir', '-p', '/../../made');
    for (const call of [
      ['rm', '-rf'],
      ['mkdir', '-p'],
      ['chown', '-R', '0:0'],
    ] as const)
      assert.equal((await run(call[0], ...call.slice(1), `${bundle}/out/outside`)).exitCode, 1, call[0]);
    await assert.rejects(disk.put(join(home, 'A.kext'), `${bundle}/out/outside`), /behind a symbolic link/);
    await run('chmod', '-R', '000', '/');
    await run('rm', '-rf', bundle);
    assert.equal(await readFile(outside, 'utf8'), 'kept');
    assert.deepEqual((await readdir(home)).sort(), ['A.kext', 'disk', 'disk.owners.json', 'outside']);
  });

  it('say of a call that they do not have that it is not simulated', async () => {
    const calls: readonly (readonly [FileTool, ...string[]])[] = [
      ['mkdir', '/a'],
      ['rm', '-r', '/a'],
      ['rm', '-rf'],
      ['rm', '-rf', '-i', '/a'],
      ['chown', 'root:wheel', '/a'],
      ['chown', '-R', 'nobody:wheel', '/a'],
      ['chown', '-R', 'constructor:wheel', '/a'],
      ['chown', '-R', 'root', '/a'],
      ['chmod', '-R', 'go=w', '/a'],
      ['chmod', '-R', '9', '/a'],
      ['chmod', '-R', 'go-w'],
    ];
    for (const [tool, ...argv] of calls) {
      const { stderr, exitCode } = await run(tool, ...argv);
      assert.equal(stderr, `${tool}: cannot simulate: ${[tool, ...argv].join(' ')}\n`);
      assert.equal(exitCode, 64);
      assert.match((await run(tool)).stderr, new RegExp(`^usage: ${tool} `), 'without a word');
    }
  });

  it('name what is not there, and let only root', async () => {
    assert.deepEqual(
      [(await run('chown', '-R', '0:0', '/no')).stderr, (await fileTool(disk, 'rm', ['-rf', '/a'], false)).stderr],
      ['chown: /no: No such file or directory\n', 'rm: /a: Permission denied\n'],
    );
  });
});

import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { notPrivate, openConnection, sshControlPath } from '../../../src/targets/sshControl.ts';

describe('Where a connection is kept open', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp('/tmp/kd-control-');
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('is a short path in a folder of the user’s alone, another one for each host', async () => {
    const [mini, other] = await Promise.all(
      ['mini', 'other'].map(host => sshControlPath(host, { XDG_RUNTIME_DIR: folder })),
    );
    assert.ok(mini?.startsWith(`${folder}/`) && mini !== other);
    assert.equal((await stat(join(mini ?? '', '..'))).mode & 0o777, 0o700);
  });

  it('is another folder where that would be too long for a socket, or means something to ssh', async () => {
    for (const above of [join(folder, 'x'.repeat(80)), `${folder}/%h`, `${folder}/a b`, 'relative']) {
      await mkdir(join(folder, above.replace(folder, '')), { recursive: true });
      const path = await sshControlPath('mini', { XDG_RUNTIME_DIR: above });
      assert.ok(!path.startsWith(above) && path.length <= 86, path);
    }
  });

  it('is another folder where none can be made there, as after a logout', async () => {
    await writeFile(join(folder, 'file'), '');
    for (const above of [join(folder, 'gone'), join(folder, 'file')])
      assert.doesNotMatch(await sshControlPath('mini', { XDG_RUNTIME_DIR: above }), new RegExp(`^${above}`));
  });

  it('is refused where others could reach in', async () => {
    const uid = process.getuid?.() ?? 0;
    const place = join(folder, `kext-dev-ssh-${uid}`);
    await chmod(place, 0o755);
    await assert.rejects(
      sshControlPath('mini', { XDG_RUNTIME_DIR: folder }),
      /can be entered by others; expected a folder of yours/,
    );
    await rm(place, { recursive: true });
    await symlink('/tmp', place);
    await assert.rejects(sshControlPath('mini', { XDG_RUNTIME_DIR: folder }), /is no folder/);
    assert.equal(notPrivate({ uid: 7, mode: 0o40700, isDirectory: () => true }, 8), 'belongs to somebody else');
    assert.equal(notPrivate({ uid: 7, mode: 0o40700, isDirectory: () => true }, 7), undefined);
  });

  it('holds none where nothing answers, and tells one from the next', async () => {
    const path = join(folder, 'socket');
    assert.equal(await openConnection(path), undefined);
    await writeFile(path, '');
    assert.equal(await openConnection(path), undefined);
    await rm(path);
    const seen: (string | undefined)[] = [];
    for (let turn = 0; turn < 2; turn += 1) {
      const server = createServer().listen(path);
      await new Promise(resolve => server.once('listening', resolve));
      const first = await openConnection(path);
      assert.equal(await openConnection(path), first);
      seen.push(first);
      await new Promise(resolve => server.close(resolve));
    }
    assert.ok(seen.every(each => each !== undefined) && seen[0] !== seen[1]);
    assert.equal(await openConnection(path), undefined);
  });
});

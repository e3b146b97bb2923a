import assert from 'node:assert/strict';
import { execFileSync, fork, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmod, lstat, mkdir, mkdtemp, readdir, readFile, readlink, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { installBundle, putBack } from '../../src/operations/install/installBundle.ts';
import { InstallFailed } from '../../src/operations/install/installError.ts';
import { type InstallPlace, placeIn } from '../../src/operations/install/installPlace.ts';
import { keepInstalled } from '../../src/operations/install/keepInstalled.ts';
import { ProcessRunner } from '../../src/targets/processRunner.ts';
import { SshTarget } from '../../src/targets/sshTarget.ts';
import { HostNotReached, RootRefused } from '../../src/tools/port/toolErrors.ts';
import { ensureTools } from '../support/debianPackages.ts';
import { plistOf } from '../support/plistOf.ts';
import { configure, openSshServer, type SshServer } from '../support/sshServer.ts';
import { canMakeUsers, makeSudoUser, type SudoUser } from '../support/sudoUser.ts';
import { until } from '../support/until.ts';
import { hostileNames } from './hostileNames.ts';

const never = new AbortController().signal;
/** A proxy that lets half a megabyte through in a second. */
const slowLink = `
const socket = require('node:net').connect(Number(process.argv[2]), '127.0.0.1');
socket.pipe(process.stdout);
process.stdin.on('data', piece => {
  process.stdin.pause();
  socket.write(piece);
  setTimeout(() => process.stdin.resume(), piece.length / 500);
});
process.stdin.on('end', () => socket.end());
`;

/** plutil of a Mac, for a property list that is XML already. */
const plutil = `#!/bin/sh
exec cat -- "$6"
`;

const tests = 12;

if (canMakeUsers)
  describe('An install over SSH, by the file tools of another machine and sudo', { timeout: 240_000 }, () => {
    let server: SshServer;
    let programs: string;
    let user: SudoUser;
    let target: SshTarget;
    let folder: string;
    let bundle: string;
    let place: InstallPlace;

    before(async () => {
      await ensureTools(['openssl', 'sudo']);
      user = makeSudoUser();
      user.allow('USER ALL=(ALL) NOPASSWD: ALL');
      programs = await mkdtemp('/tmp/kd-plutil-');
      await chmod(programs, 0o755);
      await writeFile(join(programs, 'plutil'), plutil, { mode: 0o755 });
      server = await openSshServer({ TMPDIR: user.home, PATH: `${programs}:/usr/bin:/bin` });
      await server.admit('macpro', user.name);
      Object.assign(process.env, server.environment);
      const parts = { host: 'macpro', environment: process.env, log: () => undefined, processes: new ProcessRunner() };
      target = new SshTarget({ ...parts, state: join(server.folder, 'state') });
    });
    after(async () => {
      await server.remove();
      await user.remove();
      await rm(programs, { recursive: true, force: true });
    });
    beforeEach(async () => {
      folder = await mkdtemp('/tmp/kd-extensions-');
      await chmod(folder, 0o755);
      bundle = join(folder, 'build', 'Pump.kext');
      place = placeIn(join(folder, 'Extensions'), 'Pump.kext', 'org.sample.driver.Pump');
      await writeBundle('one');
    });
    afterEach(async () => {
      spawnSync('umount', [place.folder], { stdio: 'ignore' });
      await rm(folder, { recursive: true, force: true });
    });

    async function writeBundle(version: string, bytes = 10, identifier = place.bundleIdentifier): Promise<void> {
      await rm(bundle, { recursive: true, force: true });
      await mkdir(join(bundle, 'Contents', 'MacOS'), { recursive: true });
      // Whoever builds with a strict umask has a kext that nobody else could read.
      await writeFile(join(bundle, 'Contents', 'Info.plist'), plistOf(identifier, version), { mode: 0o600 });
      await writeFile(join(bundle, 'Contents', 'MacOS', 'Pump'), randomBytes(bytes), { mode: 0o700 });
    }

    const install = (signal = never, told?: (sent: number, all: number) => void) =>
      installBundle(target.runner, bundle, place, signal, told);
    const installed = async () => {
      const plist = await readFile(join(place.path, 'Contents/Info.plist'), 'utf8').catch(() => '');
      return /<string>(\w+)<\/string>/.exec(plist)?.[1];
    };
    const names = async () => (await readdir(place.folder)).sort();

    it('copies the bundle as it is, and makes it root’s', async () => {
      for (const name of hostileNames) await writeFile(join(bundle, 'Contents', name), name);
      await symlink('MacOS/Pump', join(bundle, 'Contents', 'link'));
      await install();
      assert.deepEqual(await names(), ['Pump.kext']);
      const entries = await readdir(place.path, { recursive: true, withFileTypes: true });
      assert.equal(entries.length, 5 + hostileNames.length);
      for (const entry of entries) {
        const path = join(entry.parentPath, entry.name);
        const { uid, gid, mode } = await lstat(path);
        assert.deepEqual([uid, gid], [0, 0], path);
        if (entry.isSymbolicLink()) continue;
        const wanted = entry.isDirectory() || entry.name === 'Pump' ? 0o755 : 0o644;
        assert.equal(mode & 0o7777, wanted, path);
        if (entry.isFile())
          assert.deepEqual(await readFile(path), await readFile(path.replace(place.path, bundle)), path);
      }
      assert.equal(await readlink(join(place.path, 'Contents', 'link')), 'MacOS/Pump');
      assert.equal((await lstat(place.folder)).mode & 0o7777, 0o755);
    });

    it('takes the place of the copy before it, which is kept, removed once this one is proved, or put back', async () => {
      await install();
      await writeBundle('two');
      await install();
      assert.deepEqual([await installed(), await names()], ['two', ['.Pump.kext.kext-dev-old', 'Pump.kext']]);
      assert.equal(await putBack(target.runner, place), true);
      assert.deepEqual([await installed(), await names()], ['one', ['Pump.kext']]);
      await install();
      const infoPlist = { executable: 'Pump' };
      await keepInstalled(target.runner, place, { folder: bundle, infoPlist });
      assert.deepEqual([await installed(), await names()], ['two', ['Pump.kext']]);
    });

    it('shows how a large copy goes, and a cancel ends it at once', async () => {
      await install();
      await writeBundle('two', 20_000_000);
      const stop = new AbortController();
      const parts: number[] = [];
      const tried = install(stop.signal, (sent, all) => {
        parts.push(sent / all);
        if (sent / all > 0.3) stop.abort();
      });
      await assert.rejects(tried, { name: 'AbortError' });
      assert.ok(parts.length > 5 && parts.every((part, at) => part >= (parts[at - 1] ?? 0)), `${parts.length} parts`);
      assert.ok((parts.at(-1) ?? 1) < 1);
      assert.deepEqual([await installed(), await names()], ['one', ['Pump.kext']]);
      await install();
      assert.equal(await installed(), 'two');
    });

    it('over a slow link shows how it goes, and is not taken for dead', async () => {
      const slow = join(server.folder, 'slow.cjs');
      await writeFile(slow, slowLink);
      await server.admit('farpro', user.name);
      await configure(server, `Host farpro\n  ProxyCommand '${process.execPath}' '${slow}' %p\n\n`);
      const parts = { host: 'farpro', environment: process.env, log: () => undefined, processes: new ProcessRunner() };
      // Shorter than the copy takes, longer than the link takes to begin.
      const far = new SshTarget({ ...parts, state: join(server.folder, 'state'), reachMs: 2500 });
      await far.connection(never);
      await writeBundle('one', 2_000_000);
      const begun = performance.now();
      const seen: number[] = [];
      await installBundle(far.runner, bundle, place, never, (sent, all) => seen.push(sent / all));
      assert.ok(performance.now() - begun > 2500, 'the link was not slow');
      assert.ok(seen.length > 3);
      assert.deepEqual([await installed(), await names()], ['one', ['Pump.kext']]);
    });

    it('that loses its connection while it copies leaves what was there, and the next one tidies up', async () => {
      await install();
      await writeBundle('two', 60_000_000);
      let killed: Promise<void> | undefined;
      const tried = install(never, (sent, all) => {
        if (sent / all > 0.1) killed ??= server.kill();
      });
      await assert.rejects(tried, HostNotReached);
      await killed;
      await server.start();
      assert.equal(await installed(), 'one');
      await install();
      assert.equal(await installed(), 'two');
      assert.deepEqual(await names(), ['.Pump.kext.kext-dev-old', 'Pump.kext']);
      await until(
        'a tidy folder for temporary files',
        () => readdir(user.home),
        left => left.length === 0,
      );
    });

    it('by a process that is killed while it copies leaves what was there and nothing running, and the next one tidies up', async () => {
      await install();
      await writeBundle('two', 60_000_000);
      const probe = join(import.meta.dirname, 'installProbe.ts');
      const child = fork(probe, [bundle, place.folder, join(server.folder, 'state')], { execArgv: [] });
      const ended = once(child, 'exit');
      await Promise.race([once(child, 'message'), ended]);
      child.kill('SIGKILL');
      assert.deepEqual(await ended, [null, 'SIGKILL']);
      assert.equal(await installed(), 'one');
      await until(
        'the end of the far tools, and of what they made for themselves',
        () => readdir(user.home),
        left => left.length === 0,
      );
      assert.equal(await installed(), 'one');
      await install();
      assert.deepEqual([await installed(), await names()], ['two', ['.Pump.kext.kext-dev-old', 'Pump.kext']]);
    });

    it('that was cut between its two renames is put right by the next one', async () => {
      await install();
      execFileSync('mv', [place.path, place.kept]);
      for (const left of [place.unfinished, place.discarded]) execFileSync('cp', ['-R', bundle, left]);
      await writeBundle('two');
      await install();
      assert.deepEqual([await installed(), await names()], ['two', ['.Pump.kext.kext-dev-old', 'Pump.kext']]);
    });

    it('on a full disk says so, in the words of the tool, and leaves what was there', async t => {
      await mkdir(place.folder, { mode: 0o755 });
      if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m,mode=755', 'tmpfs', place.folder]).status !== 0)
        return t.skip('not run: no small file system can be made here');
      await install();
      await writeBundle('two', 3_000_000);
      await assert.rejects(install(), error => {
        assert.ok(error instanceof InstallFailed, String(error));
        assert.equal(
          error.message,
          `Nothing was installed at ${place.path}: the disk there is full. What was there before is there still.`,
        );
        assert.match(error.lines.join('\n'), /^tar: .*(No space left on device|Wrote only)/);
        return true;
      });
      assert.equal(await installed(), 'one');
      await writeBundle('three');
      await install();
      assert.equal(await installed(), 'three');
    });

    it('where another kext of that name lies is refused, and that one stays as it is', async () => {
      await install();
      await writeBundle('two', 10, 'org.another.driver.Pump');
      const another = installBundle(
        target.runner,
        bundle,
        { ...place, bundleIdentifier: 'org.another.driver.Pump' },
        never,
      );
      await assert.rejects(another, {
        name: 'InstallFailed',
        message: `Another kext lies at ${place.path}: org.sample.driver.Pump. Nothing was changed.`,
      });
      assert.deepEqual([await installed(), await names()], ['one', ['Pump.kext']]);
    });

    it('into a folder that somebody else owns, can write to, or has put a link in place of is refused', async () => {
      const named = 'Name another folder in kext.install.path, in a terminal by --install-path, or none.';
      const refused = async (message: RegExp) => {
        await assert.rejects(
          install(),
          error => error instanceof InstallFailed && message.test(error.message) && error.remedy === named,
        );
        await rm(place.folder, { recursive: true, force: true });
      };
      await mkdir(place.folder, { mode: 0o755 });
      execFileSync('chown', [user.name, place.folder]);
      await refused(/ belongs to user \d+; expected a folder of root's that nobody else may write to\.$/);
      await mkdir(place.folder);
      await chmod(place.folder, 0o777);
      await refused(/ can be written to by others; /);
      await symlink('/tmp', place.folder);
      await refused(/ is no folder; /);
    });

    it('without the right to become root changes nothing', async () => {
      await install();
      user.allow();
      try {
        await writeBundle('two');
        await assert.rejects(install(), RootRefused);
        assert.deepEqual([await installed(), await names()], ['one', ['Pump.kext']]);
      } finally {
        user.allow('USER ALL=(ALL) NOPASSWD: ALL');
      }
    });

    it('of a bundle with anything but files, folders and links is refused', async () => {
      execFileSync('mkfifo', [join(bundle, 'Contents', 'pipe')]);
      await assert.rejects(install(), /pipe is no file, folder or symbolic link; expected those alone in a bundle/);
      assert.equal(await installed(), undefined);
    });
  });
else console.log(`${tests} not run: need root`);

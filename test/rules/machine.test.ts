import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { escaped } from '../support/escaped.ts';
import { repositoryFolder } from '../support/repository.ts';
import { runProgram } from '../support/runProgram.ts';

const tracked = await listFiles();

/** Also what is about to be committed. */
async function listFiles(): Promise<string[]> {
  const argv = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  return (await runProgram('git', argv, { cwd: repositoryFolder })).split('\0').filter(Boolean);
}

interface LockedPackage {
  readonly version?: string;
  readonly optional?: boolean;
  readonly integrity?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

async function readLock(): Promise<{ readonly packages: Readonly<Record<string, LockedPackage>> }> {
  return JSON.parse(await readFile(join(repositoryFolder, 'package-lock.json'), 'utf8'));
}

async function linesWith(wrong: RegExp, files: readonly string[]): Promise<string[]> {
  const found = await Promise.all(
    files.map(async file => {
      const text = await readFile(join(repositoryFolder, file), 'latin1').catch(() => '');
      return text.split('\n').flatMap((line, index) => (wrong.test(line) ? [`${file}:${index + 1}`] : []));
    }),
  );
  return found.flat();
}

/** The checkout, the home of whoever works on it, and folders of the machine that it began on. */
function machinePaths(): RegExp {
  const own = [repositoryFolder, homedir()].filter(path => path.split('/').filter(Boolean).length > 1);
  const began = ['/wor[k]/(main|steering|shared|\\.)', '/far[m]/', '/tm[p]/(bash_jobs|studio)'];
  const places = own.map(path => `${escaped(path)}\\b`);
  return new RegExp(`(?<![\\w.])(${[...places, ...began].join('|')})`);
}

describe('what is committed says nothing of the machine that it was made on', () => {
  it('no lock file holds a registry’s address', async () => {
    const locks = tracked.filter(file => file.endsWith('package-lock.json'));
    assert.equal(locks.length, 3);
    assert.deepEqual(await linesWith(/"resolved":/, locks), []);
    assert.deepEqual(await linesWith(/registry|\.tgz"/, locks), []);
  });

  it('no file holds a path of it', async () => {
    assert.ok(tracked.length > 0);
    assert.deepEqual(await linesWith(machinePaths(), tracked), []);
  });

  it('the lock file names the packages of every system, or npm ci fails where a registry lacks one', async () => {
    const lock = await readLock();
    const known = new Set(Object.keys(lock.packages).map(path => path.split('node_modules/').at(-1)));
    const optional = Object.values(lock.packages).flatMap(one => Object.keys(one.optionalDependencies ?? {}));
    assert.ok(optional.length > 0);
    assert.deepEqual(
      optional.filter(name => !known.has(name)),
      [],
    );
  });

  it('no Node of the lock file is another than the one that is pinned', async () => {
    const lock = await readLock();
    const nodes = Object.entries(lock.packages).filter(([path]) => /\/node-(linux|win|darwin)-/.test(path));
    assert.ok(nodes.length >= 3);
    for (const [path, { version, optional, integrity }] of nodes) {
      assert.match(version ?? '', /^24\./, path);
      assert.equal(optional, true, path);
      assert.notEqual(integrity, undefined, path);
    }
  });
});

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { Operation } from '../../../../src/operations/operation.ts';
import { gitStateOf, projectStatus } from '../../../../src/operations/project/gitState.ts';
import { ProcessRunner } from '../../../../src/targets/processRunner.ts';
import { fakeRunner, output } from '../../simulator/fakeRunner.ts';
import { sampleProject } from '../fakeTarget.ts';

const { signal } = new AbortController();
let project = '';
beforeEach(async () => {
  project = await sampleProject();
});
afterEach(() => rm(project, { recursive: true, force: true }));

const operation = (host = new ProcessRunner() as Operation['host']) => ({
  project: { folder: project } as Operation['project'],
  host,
});

function git(...argv: readonly string[]): string {
  const as = ['-c', 'user.name=a', '-c', 'user.email=a@b', '-c', 'commit.gpgsign=false'];
  return execFileSync('git', [...as, ...argv], {
    cwd: project,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  }).trim();
}

async function state() {
  const status = await projectStatus(operation(), signal);
  return status && gitStateOf(status, join(project, 'build', 'Turbine.kext'), join(project, 'Info.plist'));
}

describe('The commit that a build was made from', () => {
  it('is none outside of a repository, and no program is started to find that out', async () => {
    const host = fakeRunner(() => output({}));
    assert.equal(await projectStatus(operation(host), signal), undefined);
    assert.deepEqual(host.lines, []);
  });

  it('is none before the first commit, without git, and where git does not answer', async () => {
    git('init', '-q');
    assert.equal(await state(), undefined);
    const missing = fakeRunner(() => {
      throw new Error('git is not there');
    });
    assert.equal(await projectStatus(operation(missing), signal), undefined);
  });

  it('is the one that is checked out; what the build left does not change it, and an edit or a file that is not in it does', async () => {
    git('init', '-q');
    git('add', '.');
    git('commit', '-qm', 'first');
    const hash = git('rev-parse', 'HEAD');
    assert.deepEqual(await state(), { hash, dirty: false });
    await mkdir(join(project, 'build', 'Turbine.kext'), { recursive: true });
    await writeFile(join(project, 'build', 'Turbine.kext', 'code'), '');
    assert.deepEqual(await state(), { hash, dirty: false });
    await writeFile(join(project, 'Rotor.cpp'), '');
    assert.deepEqual(await state(), { hash, dirty: true });
    await rm(join(project, 'Rotor.cpp'));
    await writeFile(join(project, 'Turbine.cpp'), '// edited');
    assert.deepEqual(await state(), { hash, dirty: true });
  });

  it('of a project that is not in it, in a repository above it, is one with changes', async () => {
    const top = await mkdtemp(join(tmpdir(), 'kext-dev-git-'));
    await rm(project, { recursive: true });
    const inner = join(top, 'driver');
    project = top;
    git('init', '-q');
    await writeFile(join(top, 'README'), '');
    git('add', '.');
    git('commit', '-qm', 'first');
    await mkdir(join(inner, 'build', 'Turbine.kext'), { recursive: true });
    await writeFile(join(inner, 'Info.plist'), '');
    await writeFile(join(inner, 'build', 'Turbine.kext', 'code'), '');
    const status = await projectStatus({ ...operation(), project: { folder: inner } as Operation['project'] }, signal);
    const found = status && (await gitStateOf(status, join(inner, 'build', 'Turbine.kext'), join(inner, 'Info.plist')));
    assert.equal(found?.dirty, true);
  });
});

import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { captureNames, openCaptureFolder, saveCaptures } from '../../../../src/operations/captures/captureFolder.ts';
import { recordReadOnlyCalls, reviewOf } from '../../../../src/operations/captures/recordCaptures.ts';
import { recordOperation } from '../../../../src/operations/captures/recordOperation.ts';
import { readCapture } from '../../../../src/tools/captures/captureFile.ts';
import { readOnlyCalls } from '../../../../src/tools/captures/readOnlyCalls.ts';
import { ask } from '../../../../src/tools/port/runner.ts';
import { ToolNotStarted } from '../../../../src/tools/port/toolErrors.ts';
import { swVers } from '../../../../src/tools/swVers.ts';
import { fakeTarget, sampleOperation, sampleProject } from '../fakeTarget.ts';

const never = new AbortController().signal;
const nobody = { users: ['johnsmith'], hosts: [], own: { identifiers: [], classes: [], words: [] } };

async function reviewed(answers: Parameters<typeof fakeTarget>[0] = {}) {
  const target = fakeTarget({ csrutil: [{ stdout: 'said\n' }], log: [{}], ps: [{ stdout: '1 a\n' }], ...answers });
  return reviewOf(await recordReadOnlyCalls(target, { classes: ['Turbine'] }, never), target, nobody);
}

describe('recording what a target says', () => {
  it('asks every call once, in order, and keeps both streams and the exit code of each', async () => {
    const { captures, macos } = await reviewed({ csrutil: [{ stdout: 'a\n', stderr: 'b\n', exitCode: 3 }] });
    assert.deepEqual(
      captures.map(({ argv }) => argv),
      readOnlyCalls({ classes: ['Turbine'] }).map(({ argv }) => argv),
    );
    assert.equal(macos, '10.15.7 (19H2026)');
    const csrutil = readCapture(captures.find(({ tool }) => tool === 'csrutil')?.text ?? '');
    assert.deepEqual(csrutil, {
      tool: 'csrutil',
      macos: '10.15.7 (19H2026)',
      argv: ['status'],
      exitCode: 3,
      origin: 'recorded',
      stdout: 'a\n',
      stderr: 'b\n',
    });
  });

  it('says of a Simulated Mac that it is one', async () => {
    const target = { ...fakeTarget({}), simulated: true };
    const { captures } = reviewOf(await recordReadOnlyCalls(target, undefined, never), target, nobody);
    assert.deepEqual([...new Set(captures.map(({ origin }) => origin))], ['simulated']);
  });

  it('goes on where a tool is not there, and names it, also where a shell says so', async () => {
    const { captures, missing } = await reviewed({
      sysctl: [new ToolNotStarted('sysctl', 'no such program', true)],
      ps: [{ stderr: 'zsh: command not found: ps\n', exitCode: 127 }],
    });
    assert.deepEqual(missing, ['sysctl', 'ps']);
    const there = readOnlyCalls({ classes: ['Turbine'] }).filter(({ tool }) => !missing.includes(tool));
    assert.equal(captures.length, there.length);
  });

  it('counts what is private and what is not understood', async () => {
    const { captures, replacements } = await reviewed({ ps: [{ stdout: '  1 /Users/johnsmith/bin/tool\nwhat?\n' }] });
    const ps = captures.find(({ tool }) => tool === 'ps');
    assert.equal(ps?.notUnderstood, 1);
    assert.ok((ps?.replaced ?? 0) >= 1);
    assert.ok(!ps?.text.includes('johnsmith'));
    assert.ok(replacements.some(({ original, kind }) => original === 'johnsmith' && kind === 'user'));
  });

  it('ends at a cancel', async () => {
    await assert.rejects(recordReadOnlyCalls(fakeTarget({}), undefined, AbortSignal.abort()), { name: 'AbortError' });
  });

  it('hears an operation: the target’s calls and the build’s, and hands every answer on', async () => {
    const folder = await sampleProject();
    try {
      const heard: string[] = [];
      const operation = recordOperation(await sampleOperation(folder, fakeTarget({})), ({ command, onHost }) =>
        heard.push(`${onHost ? 'host' : 'target'} ${command.tool}`),
      );
      assert.equal((await ask(operation.target.runner, swVers(), never)).version, '10.15.7');
      await operation.host.run({ ...swVers(), tool: 'make' }, never);
      assert.deepEqual(heard, ['target sw_vers', 'host make']);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('a folder for captures', () => {
  let root: string;
  before(async () => {
    root = await mkdtemp(join(tmpdir(), 'kext-dev-captures-'));
  });
  after(() => rm(root, { recursive: true, force: true }));

  async function opened(folder: string) {
    const place = await openCaptureFolder(folder);
    return 'problem' in place ? assert.fail(place.problem) : place;
  }

  it('is made where it is not there, and gets a file for each capture', async () => {
    const { captures } = await reviewed();
    const folder = join(root, 'new', 'folder');
    const names = await saveCaptures(await opened(folder), captures);
    assert.deepEqual((await readdir(folder)).toSorted(), names);
    for (const [at, { text }] of captures.entries())
      assert.equal(await readFile(join(folder, names[at] ?? ''), 'utf8'), text);
  });

  it('gets more behind those that it holds, and none is written over', async () => {
    const { captures } = await reviewed();
    const folder = join(root, 'more');
    const first = await saveCaptures(await opened(folder), captures);
    const second = await saveCaptures(await opened(folder), captures);
    assert.equal(new Set([...first, ...second]).size, 2 * captures.length);
    await assert.rejects(saveCaptures({ folder, next: 1 }, captures), { code: 'EEXIST' });
    assert.deepEqual((await readdir(folder)).toSorted(), [...first, ...second]);
  });

  it('gets all of them or none', async () => {
    const { captures } = await reviewed();
    const folder = join(root, 'cut');
    const names = captureNames({ folder, next: 1 }, captures);
    await mkdir(join(folder, names[2] ?? ''), { recursive: true });
    await assert.rejects(saveCaptures({ folder, next: 1 }, captures));
    assert.deepEqual(await readdir(folder), [names[2]]);
  });

  it('may have been looked at in the Finder', async () => {
    const folder = join(root, 'looked at');
    await mkdir(folder);
    for (const name of ['.DS_Store', '.localized', '._.']) await writeFile(join(folder, name), '\0');
    assert.equal((await opened(folder)).next, 1);
  });

  it('is no folder that holds anything else', async () => {
    const folder = join(root, 'other');
    await mkdir(folder);
    for (const name of ['notes.txt', 'Info.plist']) {
      await writeFile(join(folder, name), 'text\n');
      const place = await openCaptureFolder(folder);
      assert.ok('problem' in place && place.problem.includes(name));
      await rm(join(folder, name));
    }
    const file = join(root, 'file');
    await writeFile(file, '');
    assert.ok('problem' in (await openCaptureFolder(file)));
  });
});

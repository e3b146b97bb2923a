import assert from 'node:assert/strict';
import { lstat, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { ProcessRunner } from '../../../src/targets/processRunner.ts';
import { entryNumbers } from '../../../src/tools/fileTools.ts';
import { ask } from '../../../src/tools/port/runner.ts';
import { UnknownToolText } from '../../../src/tools/port/toolErrors.ts';
import { output } from '../simulator/fakeRunner.ts';

const never = new AbortController().signal;

describe('The numbers of entries', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kext-dev-numbers-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const numbers = (...names: readonly string[]) =>
    ask(new ProcessRunner(), entryNumbers(names.map(name => join(folder, name))), never);

  it('are told of each that is there, in the order in which they were asked for, whatever the names hold', async () => {
    const names = ['b.kext', 'a b.kext', 'two\nlines.kext', '12 x.kext', "it's.kext", 'ä€😀.kext', '-di'];
    for (const name of names) await mkdir(join(folder, name));
    const expected: (string | undefined)[] = [];
    for (const name of names) expected.push(String((await lstat(join(folder, name))).ino));
    assert.deepEqual(await numbers(...names), expected);
    assert.deepEqual(await numbers('none', ...names, 'no\nne'), [undefined, ...expected, undefined]);
    assert.deepEqual(await numbers('none'), [undefined]);
  });

  it('are kept by a rename, and not those of what took the place', async () => {
    await mkdir(join(folder, 'first'));
    const [first] = await numbers('first');
    await rename(join(folder, 'first'), join(folder, 'second'));
    await mkdir(join(folder, 'first'));
    const [other, same] = await numbers('first', 'second');
    assert.equal(same, first);
    assert.notEqual(other, first);
  });

  it('are not taken for missing where ls could not look, or says something else', () => {
    const [path, other] = ['/Library/Extensions/A.kext', '/Library/Extensions/B.kext'];
    const { parse } = entryNumbers([path, other]);
    const told = `17 ${path}\n`;
    const missing = `ls: ${other}: No such file or directory\n`;
    assert.deepEqual(parse(output({ stdout: told, stderr: missing, exitCode: 1 })), ['17', undefined]);
    for (const said of [
      { stdout: told, stderr: `ls: ${other}: Permission denied\n`, exitCode: 1 },
      { stdout: told, exitCode: 0 },
      { stdout: '', stderr: missing, exitCode: 1 },
      { stdout: `17 ${path}.bak\n`, stderr: missing, exitCode: 1 },
      { stdout: told, stderr: missing, exitCode: null, timedOut: true },
    ])
      assert.throws(() => parse(output(said)), UnknownToolText, JSON.stringify(said));
  });
});

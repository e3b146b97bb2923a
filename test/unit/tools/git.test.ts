import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { gitStatus, parseGitStatus } from '../../../src/tools/git.ts';
import { output } from '../simulator/fakeRunner.ts';

const hash = '0d1c9c1f0a6e5b1f5b8f2ad7f0b9e9a1c2d3e4f5';
const head = `# branch.oid ${hash}\0# branch.head main\0`;

describe('git status', () => {
  it('gives the commit, how much differs from it, and what no commit has', () => {
    const changed = `1 .M N... 100644 100644 100644 ${hash} ${hash} Pump/Pump Driver.cpp\0`;
    const renamed = `2 R. N... 100644 100644 100644 ${hash} ${hash} R100 Pump/Rotor.cpp\0? not untracked.cpp\0`;
    const unmerged = `u UU N... 100644 100644 100644 100644 ${hash} ${hash} ${hash} a.cpp\0`;
    assert.deepEqual(parseGitStatus(`${head}${changed}${renamed}${unmerged}? build/\0? new\nname.cpp\0`), {
      hash,
      changed: 3,
      untracked: ['build/', 'new\nname.cpp'],
    });
  });

  it('of a tree as it was committed has nothing', () => {
    assert.deepEqual(parseGitStatus(head), { hash, changed: 0, untracked: [] });
  });

  it('of a repository without a commit, of a failure and of anything else names none', () => {
    assert.equal(parseGitStatus('# branch.oid (initial)\0# branch.head main\0? a\0'), undefined);
    const none = output({ stderr: 'fatal: not a git repository', exitCode: 128 });
    assert.equal(gitStatus('/p').parse(none), undefined);
    fc.assert(fc.property(fc.string(), text => parseGitStatus(text) === undefined || text.startsWith('# branch.oid ')));
  });

  it('takes no lock that another git waits for, and is an array of arguments', () => {
    assert.deepEqual(gitStatus('/p').argv, ['--no-optional-locks', 'status', '--porcelain=v2', '--branch', '-z']);
  });
});

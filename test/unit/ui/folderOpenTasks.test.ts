import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { startsWithFolder } from '../../../src/ui/folderOpenTasks.ts';

const load = { type: 'kext', action: 'load' };
const atOpen = { runOptions: { runOn: 'folderOpen' } };

describe('Opening the folder starts a task', () => {
  it('whose entry says so', () => {
    assert.equal(startsWithFolder([{ ...load, ...atOpen }], load), true);
    assert.equal(
      startsWithFolder([{ ...load, label: 'in', project: 'a', ...atOpen }], { ...load, project: 'a' }),
      true,
    );
  });

  it('on which one depends that says so, by whatever way', () => {
    const all = { label: 'all', type: 'shell', dependsOn: 'first', ...atOpen };
    const first = { label: 'first', dependsOn: ['second'] };
    const second = { label: 'second', ...load, dependsOn: 'all' };
    assert.equal(startsWithFolder([second, first, all], load), true);
    assert.equal(startsWithFolder([{ ...all, dependsOn: [load] }], load), true);
  });

  it('that is offered and stands in no tasks.json, named by its label', () => {
    assert.equal(startsWithFolder([{ label: 'all', dependsOn: 'kext: load', ...atOpen }], load), true);
  });
});

describe('Opening the folder does not start a task', () => {
  it('that only the user starts', () => {
    assert.equal(startsWithFolder([load], load), false);
    assert.equal(startsWithFolder([{ ...load, runOptions: { runOn: 'default' } }], load), false);
    assert.equal(startsWithFolder([], load), false);
  });

  it('that does something else, or it elsewhere', () => {
    assert.equal(startsWithFolder([{ type: 'kext', action: 'build', ...atOpen }], load), false);
    assert.equal(startsWithFolder([{ ...load, target: 'simulated', ...atOpen }], load), false);
    assert.equal(
      startsWithFolder(
        [
          { label: 'x', dependsOn: 'y', ...atOpen },
          { label: 'z', ...load },
        ],
        load,
      ),
      false,
    );
  });

  it('for entries that are none', () => {
    assert.equal(startsWithFolder([null, 'load', 7, [], { runOptions: 'folderOpen', ...load }], load), false);
  });
});

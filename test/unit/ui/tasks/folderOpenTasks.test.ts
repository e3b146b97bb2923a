import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { startsWithFolder } from '../../../../src/ui/tasks/folderOpenTasks.ts';

/** Of a task that is offered by its action's name. */
const starts = (
  entries: readonly unknown[],
  definition: { readonly type: string; readonly action: string; readonly [field: string]: string },
) => startsWithFolder(entries, { definition, name: definition.action });

const load = { type: 'kext', action: 'load' };
const atOpen = { runOptions: { runOn: 'folderOpen' } };

describe('Opening the folder starts a task', () => {
  it('whose entry says so', () => {
    assert.equal(starts([{ ...load, ...atOpen }], load), true);
    assert.equal(starts([{ ...load, label: 'in', project: 'a', ...atOpen }], { ...load, project: 'a' }), true);
  });

  it('on which one depends that says so, by whatever way', () => {
    const all = { label: 'all', type: 'shell', dependsOn: 'first', ...atOpen };
    const first = { label: 'first', dependsOn: ['second'] };
    const second = { label: 'second', ...load, dependsOn: 'all' };
    assert.equal(starts([second, first, all], load), true);
    assert.equal(starts([{ ...all, dependsOn: [load] }], load), true);
  });

  it('that is offered and stands in no tasks.json, named by its label', () => {
    assert.equal(starts([{ label: 'all', dependsOn: 'kext: load', ...atOpen }], load), true);
  });

  it('that is offered for one of several kexts, named by its label', () => {
    const ofPump = { definition: { ...load, project: 'pump' }, name: 'load org.sample.Pump' };
    const all = { label: 'all', dependsOn: ['kext: load org.sample.Pump'], ...atOpen };
    assert.equal(startsWithFolder([all], ofPump), true);
    assert.equal(startsWithFolder([all], { ...ofPump, name: 'load org.sample.Fan' }), false);
  });
});

describe('Opening the folder does not start a task', () => {
  it('that only the user starts', () => {
    assert.equal(starts([load], load), false);
    assert.equal(starts([{ ...load, runOptions: { runOn: 'default' } }], load), false);
    assert.equal(starts([], load), false);
  });

  it('that does something else, or it elsewhere', () => {
    assert.equal(starts([{ type: 'kext', action: 'build', ...atOpen }], load), false);
    assert.equal(starts([{ ...load, target: 'simulated', ...atOpen }], load), false);
    assert.equal(
      starts(
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
    assert.equal(starts([null, 'load', 7, [], { runOptions: 'folderOpen', ...load }], load), false);
  });
});

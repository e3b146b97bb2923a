import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { OfferedTarget } from '../../../../src/tools/port/offeredTarget.ts';
import { targetItems } from '../../../../src/ui/commands/targetItems.ts';

const thisMac: OfferedTarget = { id: 'local', name: 'This Mac', kind: 'thisMac', description: '' };
const mini: OfferedTarget = { id: 'ssh:mini', name: 'mini', kind: 'ssh', description: 'dev@10.0.0.7' };
const typed: OfferedTarget = { id: 'ssh:lab', name: 'lab', kind: 'ssh', description: '' };
const simulated: OfferedTarget = { id: 'simulated', name: 'Simulated Mac', kind: 'simulated', description: 'as 10.15' };

function told(targets: readonly OfferedTarget[], chosen?: string, problems: readonly string[] = []): string[] {
  return targetItems({ targets, problems }, chosen).flatMap(({ title, items }) => [
    `-- ${title}`,
    ...items.map(({ icon, label, description, detail }) =>
      [`(${icon})`, label, description, detail].filter(text => text !== '').join(' | '),
    ),
  ]);
}

describe('Select Target', () => {
  it('offers this Mac, the hosts, another one, and the Simulated Macs, and marks the one that is chosen', () => {
    assert.deepEqual(told([thisMac, mini, typed, simulated], 'ssh:mini'), [
      '-- this machine',
      '(device-desktop) | This Mac | A faulty kext panics it',
      '-- over SSH',
      '(remote) | mini | dev@10.0.0.7 · chosen',
      '(remote) | lab',
      '(add) | Another Mac over SSH…',
      '-- simulated',
      '(vm) | Simulated Mac | as 10.15',
    ]);
    assert.match(told([typed], 'ssh:lab').join('\n'), /lab \| chosen/);
  });

  it('has no line for what this machine is not, and another Mac always', () => {
    assert.deepEqual(told([simulated]), [
      '-- over SSH',
      '(add) | Another Mac over SSH…',
      '-- simulated',
      '(vm) | Simulated Mac | as 10.15',
    ]);
  });

  it('says where the next host is named why one may be missing', () => {
    const problem = '~/.ssh/config could not be read (EACCES)';
    assert.equal(told([], undefined, [problem])[1], `(add) | Another Mac over SSH… | ${problem}`);
  });
});

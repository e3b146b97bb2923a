import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { toolPathAmong } from '../../../../src/ui/settings/toolsSetting.ts';

describe('Where kext.tools has a program', () => {
  const setting = { ssh: '/opt/local/bin/ssh', make: '', kextload: '/tmp/kextload', toString: '/bin/x' };

  it('is the path that it names', () => {
    assert.equal(toolPathAmong(setting, 'ssh'), '/opt/local/bin/ssh');
  });

  it('is the PATH for one that it does not name, or by nothing', () => {
    for (const tool of ['make', 'xcodebuild', 'git']) assert.equal(toolPathAmong(setting, tool), undefined, tool);
    for (const nothing of [undefined, null, {}, 'ssh', 7])
      assert.equal(toolPathAmong(nothing, 'ssh'), undefined, String(nothing));
  });

  it('is of no say for a program that is not one of the four: a Mac’s own tools are the Mac’s', () => {
    for (const tool of ['kextload', 'toString', '/bin/sh', 'constructor'])
      assert.equal(toolPathAmong(setting, tool), undefined, tool);
  });

  it('that is no absolute path is an error with what stands there and what is expected', () => {
    for (const [path, written] of [
      ['bin/ssh', '"bin/ssh"'],
      ['ssh', '"ssh"'],
      [7, '7'],
      [['/usr/bin/ssh'], '["/usr/bin/ssh"]'],
    ] as const)
      assert.throws(() => toolPathAmong({ ssh: path }, 'ssh'), {
        message: `kext.tools has ${written} for ssh: expected an absolute path, as "/usr/bin/ssh".`,
      });
  });
});

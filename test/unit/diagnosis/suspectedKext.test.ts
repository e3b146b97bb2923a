import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { suspectedKext } from '../../../src/diagnosis/suspectedKext.ts';
import { parsePanic } from '../../../src/tools/panic.ts';
import { capture } from '../tools/captures.ts';

const suspectOf = (text: string) => suspectedKext(parsePanic(text).records[0] ?? assert.fail());

/** The suspect's name and the addresses of its frames. */
function told(text: string): readonly [string | undefined, readonly string[]] {
  const suspect = suspectOf(text);
  return [suspect?.kext.name, suspect?.frames.map(({ address }) => address.toString(16)) ?? []];
}

describe('the kext to suspect of a panic', () => {
  it('is the first that is not Apple’s, with the frames in its code', () => {
    assert.deepEqual(told(capture('panic-10.8-quoted-reason')), [
      'org.sample.driver.Turbine',
      ['ffffff7f89a41c52', 'ffffff7f89a40b18'],
    ]);
    assert.deepEqual(told(capture('panic-13-arm64')), [
      'org.sample.driver.Turbine',
      ['fffffe00148e2af8', 'fffffe00148df014'],
    ]);
  });

  it('has the frames that name it where the kernel kept its symbols', () => {
    assert.deepEqual(
      suspectOf(capture('panic-10.14-keepsyms'))?.frames.map(({ image }) => image),
      ['org.sample.driver.Pump', 'org.sample.driver.Pump'],
    );
  });

  it('ends where the next kext begins, in logs that say no end', () => {
    const log = (start: string) =>
      [
        'panic(cpu 0 caller 0x1): "x"',
        '0x1 : 0x797100 (0x0 0x0 0x0 0x0)',
        '0x2 : 0x799100 (0x0 0x0 0x0 0x0)',
        '0x3 : 0x1797100 (0x0 0x0 0x0 0x0)',
        'Kernel loadable modules in backtrace (with dependencies):',
        'org.sample.driver.Winch(1.0)@0x797000',
        `dependency: com.apple.iokit.IOPCIFamily(1.2)@${start}`,
      ].join('\n');
    assert.deepEqual(told(log('0x799000'))[1], ['797100']);
    assert.deepEqual(told(log('0x100'))[1], ['797100', '799100']);
  });

  it('is none where only Apple’s code was running, and has no frames where nothing says where it lay', () => {
    assert.equal(suspectOf('panic(cpu 0 caller 0x1): "x"\ncom.apple.driver.A(1.0)@0x10->0x1f'), undefined);
    assert.deepEqual(told(capture('panic-10.2-ppc')), ['org.sample.driver.Pump', []]);
  });
});

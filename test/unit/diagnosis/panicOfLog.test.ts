import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { panicOfLog } from '../../../src/diagnosis/panicOfLog.ts';
import { parsePanic } from '../../../src/tools/panic.ts';
import { repositoryFolder } from '../../support/repository.ts';

const nowhere = () => undefined;

async function captured(name: string, methodAt: Parameters<typeof panicOfLog>[1] = nowhere) {
  const text = await readFile(join(repositoryFolder, 'test', 'captures', `${name}.txt`), 'utf8');
  const [log] = parsePanic(text.slice(text.indexOf('\n') + 1)).records;
  return panicOfLog(log ?? assert.fail(name), methodAt);
}

describe('A panic report as a panic', () => {
  const reasons: readonly (readonly [string, string, string | undefined])[] = [
    [
      'panic-11-intel',
      'Spinlock acquisition timed out: lock=0xffffff871d3f9740, current_thread: 0xffffff8720cd5d10',
      'org.sample.driver.Turbine',
    ],
    ['panic-10.15-t2-ips', 'Pump: nobody closed 0x3 clients', 'org.sample.driver.Pump'],
    [
      'panic-13-arm64-ips',
      'Kernel data abort. at pc 0xfffffe001327947c, lr 0xfdc0fe00148e2af8 (saved state: 0xfffffe8820216e10)',
      'org.sample.driver.Turbine',
    ],
  ];
  for (const [name, reason, suspect] of reasons)
    it(`${name}: its reason in one line, and whose code was running`, async () => {
      const panic = await captured(name);
      assert.deepEqual([panic.reason, panic.suspect], [reason, suspect]);
    });

  it('has its frames, innermost first, each with the kext in whose code it lies', async () => {
    const { frames } = await captured('panic-11-intel');
    assert.deepEqual(
      frames.map(({ image, function: name }) => `${image} ${name}`),
      ['kernel 0xffffff800deb9aed', 'org.sample.driver.Turbine 0xffffff7fa2d5585c'],
    );
  });

  it('has functions and their places in the source where the kernel printed names', async () => {
    const asked: string[] = [];
    const position = { file: '/p', line: 1, column: 1 };
    const { frames } = await captured('panic-10.14-keepsyms', (className, method) => {
      asked.push(`${className}::${method}`);
      return position;
    });
    const named = frames.filter(frame => frame.position !== undefined);
    assert.ok(named.length > 0);
    assert.deepEqual(
      named.map(frame => frame.function),
      asked,
    );
  });

  it('is one whatever the text: short, without a line’s end in its reason', () => {
    const anyText = fc.string({ unit: 'binary', maxLength: 300 });
    fc.assert(
      fc.property(anyText, fc.boolean(), (text, quoted) => {
        const reason = quoted ? `"${text}"@/a/b.c:1` : text;
        for (const log of parsePanic(`panic(cpu 0 caller 0xffffff8012a4a8ea): ${reason}\n`).records) {
          const panic = panicOfLog(log, nowhere);
          assert.ok(panic.reason !== '' && !panic.reason.includes('\n') && panic.frames.length <= 40);
        }
      }),
    );
  });
});

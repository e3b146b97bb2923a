import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { mayBeKernelLine, readKernelLine } from '../../../../src/tools/messages/kernelLines.ts';
import { kernelLoadTemplates } from '../../../../src/tools/messages/kernelLoadTemplates.ts';
import { kernelServiceTemplates } from '../../../../src/tools/messages/kernelServiceTemplates.ts';
import { kernelUnloadTemplates } from '../../../../src/tools/messages/kernelUnloadTemplates.ts';
import { lineFilter } from '../../../../src/tools/text/lineFilter.ts';

const templates = [kernelUnloadTemplates, kernelLoadTemplates, kernelServiceTemplates].flatMap(table =>
  Object.values(table).flat(),
);
const field = fc.oneof(fc.stringMatching(/^[\w.: ()[\]-]+$/), fc.string({ minLength: 1 }));

function filled(template: string, text: string): string {
  return template.replaceAll(/\{([^}]*)\}/g, (_, name: string) =>
    name.endsWith(':d') ? '12' : /:(x|id)$/.test(name) ? '0x5' : text,
  );
}

describe('The filter of the kernel’s lines', () => {
  it('lets every line through that the kernel’s reader reads, bare and escaped as JSON', () => {
    fc.assert(
      fc.property(fc.constantFrom(...templates), field, (template, text) => {
        const line = filled(template, text);
        assert.ok(mayBeKernelLine(line), line);
        assert.ok(mayBeKernelLine(JSON.stringify(line).slice(1, -1)), line);
      }),
    );
  });

  it('lets whatever line through that is read, wherever it stands in a text', () => {
    const line = fc.oneof(fc.constantFrom(...templates.map(each => filled(each, 'a.b'))), fc.string());
    fc.assert(
      fc.property(fc.string(), line, fc.string(), (before, own, behind) => {
        const text = `${before}${own}${behind}`;
        const [from, to] = [before.length, before.length + own.length];
        if (readKernelLine({ line: 1, text: own }) !== undefined && own === own.trim())
          assert.ok(mayBeKernelLine(text, from, to));
        assert.equal(mayBeKernelLine(own), mayBeKernelLine(own), 'asked twice');
      }),
    );
  });

  it('holds back what drivers write', () => {
    for (const line of [
      'AppleUSBHostPort: device 3 enumerated',
      'TurbineDriver::start: rotor 0',
      'Turbine: could not register rotor family: 17',
      'en0: promiscuous mode enable succeeded',
    ])
      assert.equal(mayBeKernelLine(line), false, line);
  });

  it('knows templates by their beginning, or by a word where a field comes first', () => {
    const filter = lineFilter({ a: ['Pump {a} runs'], b: ['{b}: not a pump'] } as const);
    assert.deepEqual(
      ['Pump 1', 'Pum', 'x: not a pump', 'x: not a pipe'].map(text => filter(text)),
      [true, false, true, false],
    );
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parsers } from '../../../src/tools/parsers.ts';
import { allCaptures, type Capture } from '../tools/captures.ts';
import { textDiffers, unheldIn, withoutRecords } from './captured/captureTable.ts';
import { isRendered, type RenderedCapture, renderedCapture } from './captured/renderedCapture.ts';
import { altered, type TextStep } from './captured/textSteps.ts';

const captures = allCaptures().filter(isRendered);
const nameOf = ({ origin, name }: Capture) => `${origin}/${name}`;
const withRecords = captures.filter(capture => !(nameOf(capture) in withoutRecords));
const isReordered = (capture: Capture) => textDiffers[nameOf(capture)]?.includes('another order') ?? false;

describe('A kernel built from a captured list or tree', () => {
  it('is built from those of the project, and of the corpus where it is present', t => {
    const own = captures.filter(({ origin }) => origin === 'captures').length;
    t.diagnostic(`captures rendered and read again: ${own} of the project, ${captures.length - own} of the corpus`);
    assert.ok(own >= 12);
  });

  for (const capture of withRecords)
    it(`answers with the records of ${nameOf(capture)}`, () => {
      const { records, held, unheld, output } = renderedCapture(capture);
      assert.ok(held.length > 0);
      assert.deepEqual(unheld, unheldIn[nameOf(capture)] ?? []);
      if (unheld.length === 0) assert.deepEqual(held, records);
      const again = parsers[capture.tool]?.(output.stdout) ?? assert.fail();
      assert.deepEqual(again.notUnderstood, []);
      const inOrder = isReordered(capture) ? byName : (each: readonly unknown[]) => each;
      assert.deepEqual(inOrder(again.records), inOrder(held));
    });

  for (const capture of withRecords)
    it(`prints the text of ${nameOf(capture)}: ${proofOf(capture)}`, () => {
      const [captured, printed] = textsOf(capture, renderedCapture(capture));
      const steps = textDiffers[nameOf(capture)] ?? [];
      if (typeof steps === 'string') return assert.notEqual(printed, captured);
      assert.equal(altered(printed, steps), altered(captured, steps));
      for (const [at, step] of steps.entries()) {
        const others = steps.toSpliced(at, 1);
        assert.notEqual(altered(printed, others), altered(captured, others), `nothing is different by: ${step}`);
      }
    });

  for (const capture of captures.filter(each => !withRecords.includes(each)))
    it(`is none from ${nameOf(capture)}: ${withoutRecords[nameOf(capture)]}`, () => {
      assert.deepEqual(renderedCapture(capture).records, []);
    });

  it('has exceptions only for captures that are there', () => {
    const origins = new Set(captures.map(({ origin }) => `${origin}/`));
    const excepted = [withoutRecords, unheldIn, textDiffers].flatMap(Object.keys);
    const there = excepted.filter(name => [...origins].some(origin => name.startsWith(origin)));
    assert.deepEqual(
      there.filter(name => !captures.some(capture => nameOf(capture) === name)),
      [],
    );
  });
});

function proofOf(capture: Capture): string {
  const steps: readonly TextStep[] | string = textDiffers[nameOf(capture)] ?? [];
  if (typeof steps === 'string') return `not, because ${steps}`;
  return steps.length === 0 ? 'byte by byte' : `but for ${steps.join(', ')}`;
}

/** Both texts without the lines of properties that the kernel cannot hold. */
function textsOf({ text }: Capture, { output, unheld }: RenderedCapture): readonly [string, string] {
  const keys = unheld.flatMap(what => /"(.+)": /.exec(what)?.[1] ?? []);
  const isHeld = (line: string) => !keys.some(key => line.includes(`"${key}" = `));
  const held = (lines: string) => lines.split('\n').filter(isHeld).join('\n');
  return [held(text), held(output.stderr + output.stdout)];
}

function byName(records: readonly unknown[]): readonly unknown[] {
  const name = (record: unknown) => (record as { readonly name: string }).name;
  return records.toSorted((a, b) => (name(a) < name(b) ? -1 : 1));
}

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type Capture, captureFile, readCapture } from '../../../../src/tools/captures/captureFile.ts';

const text = fc.string({ unit: 'binary' });

/** Any call with anything that a tool can say. */
const anyCapture: fc.Arbitrary<Capture> = fc.record(
  {
    tool: fc.constantFrom('kextstat', 'ioreg-archive'),
    macos: text,
    argv: fc.array(text),
    exitCode: fc.option(fc.nat(255)),
    origin: fc.constantFrom('recorded', 'simulated', 'rebuilt'),
    stdout: text,
    stderr: text,
  },
  { noNullPrototype: true },
);

describe('a capture', () => {
  it('comes back from its file as it was, both streams apart', () => {
    fc.assert(fc.property(anyCapture, capture => assert.deepEqual(readCapture(captureFile(capture)), capture)));
  });

  it('is a head line and what the tool said, standard output first', () => {
    const call = { tool: 'kextstat', macos: '13.6 (22G120)', argv: ['-l'], exitCode: 0, origin: 'recorded' } as const;
    assert.equal(
      captureFile({ ...call, stdout: 'rows\n', stderr: 'Executing: …\n' }),
      '# {"tool":"kextstat","macos":"13.6 (22G120)","argv":["-l"],"exitCode":0,"stream":"both","stdoutLength":5,"origin":"recorded"}\nrows\nExecuting: …\n',
    );
  });

  it('that somebody pasted with its streams mixed is all standard output; of one stream it is that one', () => {
    const head = (more: string) => `# {"tool": "kextload", "argv": [], ${more}}\nsaid\n`;
    assert.equal(readCapture(head('"stream": "both"'))?.stdout, 'said\n');
    assert.equal(readCapture(head('"stream": "stderr"'))?.stderr, 'said\n');
  });

  it('is no text without a head', () => {
    for (const none of ['', 'Index Refs', '# comment', '# {"macos": "13"}', '# {', '# null', '# {"tool": 1}'])
      assert.equal(readCapture(none), undefined, none);
  });
});

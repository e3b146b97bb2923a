import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { catalogue } from '../../../../src/diagnosis/catalogue/catalogue.ts';
import { explain } from '../../../../src/diagnosis/catalogue/explain.ts';
import { explainedHover, explainedPage } from '../../../../src/ui/explain/explainedMarkdown.ts';
import { hoveredError } from '../../../../src/ui/explain/hoveredError.ts';

const link = ({ file, anchor }: { readonly file: string; readonly anchor: string }) => `file:///x/${file}#${anchor}`;

describe('What is shown beside the pointer', () => {
  it('is what the message means, what to do, where, its code, and a link to its page', () => {
    const text = explainedHover(explain('Kext org.a.B is in exclude list, not loadable'), link);
    assert.equal(
      text,
      `Apple’s list of excluded kexts (AppleKextExcludeList) names org.a.B with this version.

**Next:** Raise the version above the excluded ones, or give the kext an identifier of its own.

**Where to look:** CFBundleVersion in the Info.plist

\`0xdc008013\` · \`-603946989\` · \`kOSKextReturnNotLoadable\` · \`(libkern/kext) not loadable (reason unspecified)\`

[loadKernel.excluded](file:///x/media/failures/loadKernel.md#loadkernelexcluded)`,
    );
  });

  it('is three of many, and how many there are besides', () => {
    const found = explain('0xdc008018');
    const text = explainedHover(found, link);
    assert.equal(text.split('\n---\n').length, 4);
    assert.ok(text.endsWith(`\n${found.length - 3} more: run Kext Dev: Explain Kext Error on it.`));
  });

  it('leaves no sign of a message to Markdown', () => {
    const text = explainedHover(explain('Couldn\'t alloc class "<b>[x](y)*"'), link);
    assert.ok(text.includes('no class \\<b\\>\\[x\\](y)\\*:'), text);
  });
});

describe('All matches on one page', () => {
  it('begin with what was asked, and have a section each, the more general ones marked', () => {
    const asked = 'Failed to unload org.a.B - (libkern/kext) not found.';
    const found = explain(asked);
    const page = explainedPage(asked, found);
    assert.ok(page.startsWith(`# What This Means\n\n\`\`\`text\n${asked}\n\`\`\`\n`));
    const headings = page.split('\n').filter(line => line.startsWith('## '));
    assert.deepEqual(headings, ['## kextunload.failed', '## osReturns.kOSKextReturnNotFound (more general)']);
    const line = explainedPage('x', explain('turbinectl: IOServiceOpen failed: 0xe00002c7'));
    assert.deepEqual(
      line.split('\n').filter(each => each.startsWith('## ')),
      ['## ioReturns.kIOReturnUnsupported', '## unload.terminateDisallowed (one of the cases of this code)'],
    );
  });

  it('keep what was asked in its block, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('```', '`', '\n', '# x', '````')).map(parts => parts.join('')),
        asked => {
          const [, fence = '', rest = ''] =
            /^# What This Means\n\n(`+)text\n([\s\S]*)$/.exec(explainedPage(asked, [])) ?? [];
          assert.equal(rest.slice(0, rest.lastIndexOf(fence)), `${asked}\n`);
          assert.ok(!asked.split('\n').some(line => line.startsWith(fence)));
        },
      ),
    );
  });
});

describe('The pointer in the log', () => {
  const line = '2026-11-23 10:00:00.000 [info] (kernel) Kext org.a.B start failed (result 0x5).';

  it('on a code means the code', () => {
    const at = line.indexOf('0x5') + 1;
    const hovered = hoveredError(line, at) ?? assert.fail();
    assert.deepEqual(
      [hovered.start, hovered.end, hovered.found[0]?.row.id],
      [at - 1, at + 2, 'ioReturns.KERN_FAILURE'],
    );
  });

  it('on a code means the code in each of its spellings', () => {
    const [status] = hoveredError('Kext with invalid signature (-67050) allowed', 31)?.found ?? [];
    assert.equal(status?.row.id, 'signatureCodes.errSecCSReqFailed');
    for (const code of ['0xe00002c5', '0x00000000e00002c5', '0xffffffffe00002c5', '-536870203', '3758097093'])
      assert.equal(
        hoveredError(`open: ${code}, after 12 tries`, 8)?.found[0]?.row.id,
        'ioReturns.kIOReturnExclusiveAccess',
        code,
      );
  });

  it('elsewhere means the message, also after the prefix that VS Code puts before it', () => {
    const hovered = hoveredError(line, 50) ?? assert.fail();
    assert.deepEqual(
      [hovered.start, hovered.end, hovered.found[0]?.row.id],
      [0, line.length, 'loadKernel.startFailed'],
    );
  });

  it('on a call that failed means its exit status', () => {
    const call = '2026-11-23 10:00:00.000 [info] Simulated Mac$ sudo kextunload -b org.a.B  (exited with 3, 12 ms)';
    assert.deepEqual(
      hoveredError(call, 40)?.found.map(({ row }) => row.id),
      ['exitStatuses.kextunload.3'],
    );
    assert.equal(hoveredError(call.replace('with 3', 'with 0'), 40), undefined);
  });

  it('on what is not known means nothing', () => {
    assert.equal(hoveredError('2026-11-23 10:00:00.000 [info] $ make -j4', 12), undefined);
    assert.equal(hoveredError('2026-11-23 10:00:00.000 [info] Turbine at 0x10000', 45), undefined);
    assert.equal(hoveredError('', 0), undefined);
  });

  it('means something on each line of the catalogue’s messages', () => {
    for (const { id, example, patterns } of catalogue) {
      const [first = ''] = example.split('\n');
      if (patterns.length > 0 && !first.startsWith('Error Domain='))
        assert.notEqual(hoveredError(first, 0), undefined, id);
    }
  });
});

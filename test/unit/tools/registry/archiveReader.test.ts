import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { everyEntry } from '../../../../src/model/registryEntry.ts';
import { parseIoregArchive } from '../../../../src/tools/ioregArchive.ts';
import { IoregArchiveReader } from '../../../../src/tools/registry/archiveReader.ts';
import { capture } from '../captures.ts';

const whole = capture('ioreg-archive-held-open');
const objects = capture('ioreg-archive-objects');

describe('a reader of archives', () => {
  const text = `mac$ ioreg -a\n${whole}\n§\n${objects}`;

  it('gives the same whatever pieces the text comes in', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1 }), lengths => {
        const reader = new IoregArchiveReader();
        let turn = 0;
        for (let at = 0; at < text.length; turn++) {
          const length = lengths[turn % lengths.length] ?? 1;
          reader.feed(text.slice(at, at + length));
          at += length;
        }
        assert.deepEqual(reader.end(), parseIoregArchive(text));
        assert.equal(reader.work.characters, text.length);
      }),
    );
  });

  it('has what ended so far, before the text ends', () => {
    const reader = new IoregArchiveReader();
    reader.feed(whole);
    const { characters, objects: read } = reader.work;
    assert.deepEqual([characters, read], [whole.length, [...everyEntry(parseIoregArchive(whole).records)].length]);
  });

  it('keeps the properties that are asked for, and makes nothing of the others', () => {
    const reader = new IoregArchiveReader(key => key === 'IOUserClientCreator');
    reader.feed(objects.replace('AP8Q', '?').replace('<integer>12</integer>', '<integer>twelve</integer>'));
    const { records, notUnderstood } = reader.end();
    assert.deepEqual(notUnderstood, []);
    assert.deepEqual(
      records.map(({ properties }) => [...properties.keys()]),
      [['IOUserClientCreator'], ['IOUserClientCreator']],
    );
    assert.deepEqual([reader.work.objects, reader.work.properties], [2, 2]);
  });

  it('reads on rightly behind what is not kept', () => {
    const skipped = '<dict><key>a&amp;</key><array><string>x&lt;<![CDATA[y]]></string><dict/></array></dict>';
    const text = `<plist><dict><key>p</key>${skipped}<key>IOObjectClass</key><string>A</string></dict></plist>`;
    assert.partialDeepStrictEqual(
      parseIoregArchive(text, () => false),
      {
        records: [{ className: 'A', properties: new Map() }],
        notUnderstood: [],
      },
    );
  });

  for (const [what, parts, lines] of [
    ['beside an archive', ['§ before ', whole.trim(), ' § behind\n'], [1, whole.trim().split('\n').length]],
    ['between two archives on one line', [whole.trim(), '§', whole.trim()], [whole.trim().split('\n').length]],
  ] as const)
    it(`keeps the line of what stands ${what}`, () => {
      const all = parts.join('');
      const { records, recordLines, notUnderstood } = parseIoregArchive(all);
      assert.deepEqual(
        notUnderstood,
        lines.map(line => ({ line, text: all.split('\n')[line - 1] })),
      );
      assert.equal(recordLines + notUnderstood.length, all.trimEnd().split('\n').length);
      assert.equal(records.length, parts.filter(part => part.includes('<plist')).length);
    });

  it('counts each line of an archive once, and no blank one', () => {
    const archive = '<plist>\r\n\r\n<dict> \n\t\n<key>IOObjectClass</key><string>A\n\nB</string>\n</dict></plist>';
    assert.partialDeepStrictEqual(parseIoregArchive(`${archive}${archive}\n\n${archive}`), {
      recordLines: 4 + 5 + 5,
      notUnderstood: [],
    });
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { parseKextutil } from '../../../src/tools/kextutil.ts';
import { loadOutcome } from '../../../src/tools/outcome/loadOutcome.ts';
import { capture } from './captures.ts';

const path = '/private/tmp/Turbine.kext';
const sectionsOf = (text: string) =>
  parseKextutil(text).records.flatMap(record => (record.kind === 'kextDiagnostics' ? [record] : []));

describe('The diagnostics of kextutil', () => {
  it('keep flags, values, what is said of a value, and whole paths apart', () => {
    const [validation, authentication, , warnings] = sectionsOf(capture('kextutil-10.6-problems'));
    assert.deepEqual(validation?.findings[0]?.values[1], {
      value: 'IOKitPersonalities.Turbine.IOProbeScore',
      note: 'should be <integer> (kexts may not use <real>)',
    });
    assert.deepEqual(validation?.findings[1], {
      finding: "Can't parse info dictionary XML",
      values: [{ value: 'Close tag on line 12 does not match open tag array', note: undefined }],
    });
    assert.deepEqual(validation?.findings[2]?.values, []);
    assert.equal(authentication?.findings[0]?.values[2]?.value, '/Users/dev/build/Turbine.kext/Contents/MacOS/Turbine');
    assert.equal(warnings?.findings[0]?.values[0]?.value, "'Turbine of the Left Bank' -> 'org.sample.driver.Pump'");
  });

  it('are about the bundle of their header, also where its signature stands between them', () => {
    const sections = sectionsOf(capture('kextutil-flat-copy'));
    assert.deepEqual(
      sections.map(({ section, what }) => [section, what]),
      [
        ['Dependency Resolution', path],
        ['Warnings', path],
        ['Warnings', path],
      ],
    );
    assert.equal(sectionsOf('Warnings:\n    Kext is not signed\n')[0]?.what, undefined);
  });

  it('may be a header alone', () => {
    const text = `Diagnostics for ${path}:\nDiagnostics for /tmp/Winch.kext:\nWarnings: \n    Kext is not signed\n`;
    assert.deepEqual(
      parseKextutil(text).records.map(record => [record.kind, 'what' in record && record.what]),
      [
        ['diagnosticsFor', path],
        ['diagnosticsFor', '/tmp/Winch.kext'],
        ['kextDiagnostics', '/tmp/Winch.kext'],
      ],
    );
  });

  it('without their indent end at a blank line and at what any tool says', () => {
    const flat = ['Validation Failures:', 'Info dictionary missing required property/value:', 'CFBundleVersion'];
    const behind = 'Untrusted kexts are not allowed';
    for (const text of [
      [...flat, behind],
      [...flat, '', behind],
    ]) {
      const { records, notUnderstood } = parseKextutil(text.join('\n'));
      assert.deepEqual([records.map(({ kind }) => kind), notUnderstood], [['kextDiagnostics', 'unsigned'], []]);
    }
    const strange = parseKextutil([...flat, '', 'something else'].join('\n'));
    assert.deepEqual(strange.notUnderstood, [{ line: 5, text: 'something else' }]);
  });
});

describe('The dictionaries of kextutil -v 6', () => {
  it('keep numbers, data, texts on the next line, lists and what is empty', () => {
    const [dump] = parseKextutil(capture('kextutil-v6-nested-info')).records;
    assert.ok(dump?.kind === 'dump');
    assert.equal(dump.title, 'Loaded kext info');
    const value = dump.dictionary.get('org.sample.driver.Turbine');
    const facts = (value as { dictionary: ReadonlyMap<string, unknown> }).dictionary;
    assert.deepEqual(facts.get('OSBundleLoadAddress'), -551890460672n);
    assert.deepEqual(facts.get('OSBundlePath'), '/Library/Application Support/Turbine Works/Extensions/Turbine.kext');
    assert.deepEqual(facts.get('OSBundleDependencies'), [5n, 3n]);
    assert.deepEqual(facts.get('OSBundleClasses'), { dictionary: new Map() });
    assert.deepEqual(facts.get('OSBundleMachOHeaders'), { raw: '<cffaedfe 07000001 03000000 0b000000 ...>' });
    assert.deepEqual([facts.get('OSBundleStarted'), facts.get('OSKernelResource')], [true, false]);
  });

  it('that are cut end at the first line that is none of theirs', () => {
    const { records, notUnderstood } = parseKextutil('Loaded kext info:\n{\n"a" = 1\nsomething else\n');
    assert.partialDeepStrictEqual(records, [{ kind: 'dump', dictionary: new Map([['a', 1n]]) }]);
    assert.deepEqual(notUnderstood, [{ line: 4, text: 'something else' }]);
  });

  it('are read back equal', () => {
    const word = fc.stringMatching(/^[A-Za-z][\w.]{0,12}$/);
    const leaf = fc.oneof(
      fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n }),
      fc.boolean(),
      fc.stringMatching(/^[\w ./=<>{}()-]*$/),
    );
    const { node } = fc.letrec(tie => ({
      node: fc.oneof(
        { maxDepth: 4 },
        leaf,
        fc.array(tie('node')),
        fc.array(fc.tuple(word, tie('node'))).map(entries => new Map(entries as [string, unknown][])),
      ),
    }));
    fc.assert(
      fc.property(fc.array(fc.tuple(word, node)), entries => {
        const root = new Map(entries);
        const [dump] = parseKextutil(`Info:\n${written(root, '').join('\n')}\n`).records;
        assert.ok(dump?.kind === 'dump');
        assert.deepEqual(dump.dictionary, (expected(root) as { dictionary: unknown }).dictionary);
      }),
    );
  });
});

/** As printPList_new.c writes it. */
function written(value: unknown, indent: string): string[] {
  if (value instanceof Map) {
    const entries = [...value].flatMap(([key, item]) => {
      const [first = '', ...more] = written(item, `${indent}    `);
      const long = typeof item === 'string' && indent.length + key.length + item.length > 72;
      return long
        ? [`${indent}    "${key}" = `, `${indent}        ${first}`]
        : [`${indent}    "${key}" = ${first}`, ...more];
    });
    return ['{', ...entries, `${indent}}`];
  }
  if (Array.isArray(value)) {
    const items = value.flatMap(item => {
      const [first = '', ...more] = written(item, `${indent}    `);
      return [`${indent}    ${first}`, ...more];
    });
    return ['(', ...items, `${indent})`];
  }
  return [typeof value === 'string' ? `"${value}"` : String(value)];
}

function expected(value: unknown): unknown {
  if (value instanceof Map) return { dictionary: new Map([...value].map(([key, item]) => [key, expected(item)])) };
  return Array.isArray(value) ? value.map(expected) : value;
}

describe('What kextutil came to', () => {
  const ends = (text: string, exitCode: number | null) => loadOutcome(parseKextutil(text).records, exitCode);

  it('is never a load, nor a valid kext, where kmutil does not know the mode', () => {
    for (const code of [0, 1, null]) assert.equal(ends(capture('kextutil-shim-not-supported'), code), 'unknown');
  });

  it('is what was said at the end, whatever other kexts could not be staged', () => {
    assert.equal(ends(capture('kextutil-interactive'), null), 'loaded');
    assert.equal(ends(capture('kextutil-dependency-three-times'), null), 'loadFailed');
    assert.equal(ends(capture('kextutil-10.6-problems'), null), 'loadFailed');
  });

  it('stays open where the kext is only said to be loadable', () => {
    assert.equal(ends(`${path} appears to be loadable (including linkage for on-disk libraries).`, null), 'unknown');
  });
});

it('A line that somebody wrapped is one', () => {
  const text = 'kext-dev-mode allowing invalid signature -67050\n  0xFFFFFFFFFFFEFA16\n  for kext "Turbine.kext"';
  const { records, notUnderstood } = parseKextutil(text);
  assert.deepEqual(notUnderstood, []);
  assert.partialDeepStrictEqual(records, [{ kind: 'signatureAllowed', status: -67050, what: 'Turbine.kext', text }]);
});

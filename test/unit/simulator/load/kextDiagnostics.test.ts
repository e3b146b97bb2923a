import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { diagnosticSections, KextDiagnostics } from '../../../../src/simulator/load/kextDiagnostics.ts';
import { parseKextload } from '../../../../src/tools/kextload.ts';
import { loadOutcome } from '../../../../src/tools/outcome/loadOutcome.ts';

describe('The diagnostics of kextutil', () => {
  it('are laid out as the tool lays them out', () => {
    const found = new KextDiagnostics();
    found.add('Warnings', 'Kext is not signed');
    found.add('Validation Failures', 'Info dictionary property value is illegal', 'CFBundleVersion');
    found.add('Validation Failures', 'Info dictionary property value is illegal', 'OSBundleRequired');
    found.add('Validation Failures', 'Info dictionary property value is illegal', 'CFBundleVersion');
    assert.deepEqual(found.lines(), [
      'Validation Failures: ',
      '    Info dictionary property value is illegal: ',
      '        CFBundleVersion',
      '        OSBundleRequired',
      '',
      'Warnings: ',
      '    Kext is not signed',
      '',
    ]);
    assert.deepEqual(found.lines(['Warnings']), ['Warnings: ', '    Kext is not signed', '']);
    assert.deepEqual(new KextDiagnostics().lines(), []);
  });

  it('are read back equal by the parser, with nothing left over', () => {
    const text = fc.stringMatching(/^[A-Za-z][\w ()/;,.'-]{0,40}[\w.)]$/);
    const finding = fc.tuple(fc.constantFrom(...diagnosticSections), text, fc.option(text, { nil: undefined }));
    fc.assert(
      fc.property(fc.array(finding, { maxLength: 12 }), all => {
        const found = new KextDiagnostics();
        for (const [section, told, value] of all) found.add(section, told, value);
        const said = [`Diagnostics for /private/tmp/A B.kext:`, ...found.lines()].join('\n');
        const { records, notUnderstood } = parseKextload(said);
        assert.deepEqual(notUnderstood, []);
        const read = records.flatMap(record => (record.kind === 'kextDiagnostics' ? [record] : []));
        for (const [section, told, value] of all) {
          const findings = read.find(each => section.startsWith(each.section))?.findings ?? [];
          const one = findings.find(each => each.finding === told);
          assert.ok(one !== undefined && (value === undefined || one.values.some(each => each.value === value)));
        }
        assert.equal(
          read.flatMap(({ findings }) => findings).length,
          new Set(all.map(([section, told]) => `${section}\n${told}`)).size,
        );
      }),
    );
  });

  it('decide a load that they fail, and not one that they only warn of', () => {
    const outcomeOf = (text: string) => loadOutcome(parseKextload(text).records, 0);
    assert.equal(outcomeOf('Warnings: \n    Kext is not signed\n'), 'loaded');
    const failed = 'Authentication Failures: \n    File not found: \n        Info.plist\n\n';
    assert.equal(outcomeOf(failed), 'loadFailed');
    assert.equal(outcomeOf(`${failed}Warnings: \n    Kext is not signed\n`), 'loadFailed');
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { catalogue } from '../../../../src/diagnosis/catalogue/catalogue.ts';
import { explain } from '../../../../src/diagnosis/catalogue/explain.ts';
import { causes } from '../../../../src/diagnosis/diagnosis.ts';
import { ioclasscountFailureTemplates } from '../../../../src/tools/ioclasscount.ts';
import { ioregFailureTemplates } from '../../../../src/tools/ioreg.ts';
import { kextstatFailureTemplates } from '../../../../src/tools/kextstat.ts';
import { unloadTemplates } from '../../../../src/tools/kextunload.ts';
import { kernelLoadTemplates } from '../../../../src/tools/messages/kernelLoadTemplates.ts';
import { kernelServiceTemplates } from '../../../../src/tools/messages/kernelServiceTemplates.ts';
import { kernelUnloadTemplates } from '../../../../src/tools/messages/kernelUnloadTemplates.ts';
import { kextcacheTemplates } from '../../../../src/tools/messages/kextcacheTemplates.ts';
import { kextcacheTroubleTemplates } from '../../../../src/tools/messages/kextcacheTroubleTemplates.ts';
import {
  kextdNoticeTemplates,
  kextdProgressTemplates,
  kextdTemplates,
} from '../../../../src/tools/messages/kextdTemplates.ts';
import { kextLibraryTemplates } from '../../../../src/tools/messages/kextLibraryTemplates.ts';
import { kextlibsTemplates } from '../../../../src/tools/messages/kextlibsTemplates.ts';
import { kextloadTemplates } from '../../../../src/tools/messages/kextloadTemplates.ts';
import { kextNoticeTemplates, kextTroubleTemplates } from '../../../../src/tools/messages/kextTroubleTemplates.ts';
import { kextutilTemplates } from '../../../../src/tools/messages/kextutilTemplates.ts';
import { signatureTemplates } from '../../../../src/tools/messages/signatureTemplates.ts';
import type { LineTemplates } from '../../../../src/tools/text/lineTemplates.ts';
import { documentedMessages, documentedSections, endOfPart, filledIn, withoutFields } from './documentedMessages.ts';

/** A line of that template. */
function printed(template: string): string {
  const values: Readonly<Record<string, string>> = { error: '(libkern/kext) link error', class: 'Rotor', symbol: '_a' };
  return template.replaceAll(/\{([\w*]+)(?::(\w+))?\}/g, (_, name: string, type?: string) => {
    if (type !== undefined) return type === 'd' ? '3' : '0x5';
    return name === '*' ? '501' : (values[name] ?? 'org.sample.driver.Turbine');
  });
}

const marked = (text: string) => explain(text).map(({ row, general }) => `${general ? 'general: ' : ''}${row.id}`);
const withMessage = catalogue.filter(({ patterns }) => patterns.length > 0);
const withoutMessage = catalogue.filter(({ patterns }) => patterns.length === 0);

describe('The catalogue', () => {
  it('has each id once, each named after the page that it stands on', () => {
    assert.equal(new Set(catalogue.map(({ id }) => id)).size, catalogue.length);
    for (const { id } of catalogue) assert.match(id, /^[a-zA-Z]+(\.\w+){1,2}$/);
  });

  it('tells of each row what happened, what to do and where, in calm sentences', () => {
    for (const { id, cause, remedy, problem } of catalogue) {
      for (const text of [cause, remedy])
        assert.match(text, /^(['"{A-Z]|kmod_info|kmutil|kextutil|kextunload|libkern|\w+\(\)).*\.$/s, `${id}: ${text}`);
      assert.doesNotMatch(`${cause} ${remedy}`, /!|\b(sorry|please|simply)\b/i, id);
      assert.ok(problem === undefined || causes.includes(problem), id);
    }
  });

  it('asks for nothing where nothing is wrong, or the system goes on', () => {
    const wrong = catalogue.filter(({ severity, inSpiteOf }) => severity !== 'information' && inSpiteOf === undefined);
    for (const { id, remedy } of wrong) assert.doesNotMatch(remedy, /^Nothing/, id);
    const ids = new Set(catalogue.map(({ id }) => id));
    for (const { id, inSpiteOf } of catalogue) assert.ok(inSpiteOf === undefined || ids.has(inSpiteOf), id);
  });

  it('names no field that none of its messages has', () => {
    for (const { id, cause, remedy, anchor, patterns, itemField } of withMessage) {
      const known = new Set(patterns.flatMap(pattern => [...pattern.matchAll(/\{(\w+)/g)].map(match => match[1])));
      // Of the prefix kxld[…].
      known.add('kext');
      for (const [, field] of `${cause} ${remedy}`.matchAll(/\{(\w+)[|}]/g))
        assert.ok(known.has(field) || field === itemField, `${id}: {${field}}`);
      assert.equal(typeof anchor.kind, 'string');
    }
  });

  for (const { id, example } of withMessage)
    it(`${id}: its own message leads to it first, and to more general rows after it`, () => {
      const [own, ...others] = marked(example);
      assert.equal(own, id);
      for (const other of others) assert.match(other, /^general: /);
    });

  it('takes whole words out of a message: no name or path of an example is a letter', () => {
    for (const { id, example } of withMessage)
      for (const [field, value] of Object.entries(explain(example)[0]?.fields ?? {}))
        if (/[a-z]/i.test(value)) assert.ok(value.length > 1, `${id}: ${field} is ${value}`);
  });

  it('lists what has no message of its own for its code or its exit status', () => {
    assert.ok(withoutMessage.length > 100);
    for (const { id, code, status, component } of withoutMessage) {
      const asked = code === undefined ? `${component} exit ${status}` : `0x${code.toString(16)}`;
      assert.ok(
        explain(asked).some(({ row }) => row.id === id),
        `${id} for ${asked}`,
      );
    }
  });

  it('knows every message that is documented', t => {
    const documented = documentedMessages();
    if (documented === undefined) return t.diagnostic('the knowledge is not beside the project');
    const ends = catalogue.flatMap(({ patterns }) => patterns.map(withoutFields));
    const missing = documented.filter(({ template }) => {
      const end = endOfPart(template);
      if (end !== undefined) return !ends.some(pattern => pattern.includes(end.replace(/\.$/, '')));
      return !explain(filledIn(template)).some(({ row }) => row.patterns.length > 0);
    });
    for (const [section, all] of Map.groupBy(documented, each => each.section))
      t.diagnostic(`${section}: ${all.length} messages`);
    assert.deepEqual(missing, []);
    assert.ok(documented.length > 250, `${documented.length}`);
  });

  const { architecture, notOpened, ...kextlibsSaid } = kextlibsTemplates;
  // Anything can be opened or not; the row is about a kext.
  const kextlibsFailures = {
    ...kextlibsSaid,
    notOpened: notOpened.map(each => each.replace(/\{what\}/, '/tmp/Pump.kext')),
  };
  /** Failures alone: what a tool says on the way asks for nothing. */
  const tables: readonly LineTemplates[] = [
    kernelUnloadTemplates,
    kernelLoadTemplates,
    unloadTemplates,
    signatureTemplates,
    kextLibraryTemplates,
    kextutilTemplates,
    kextloadTemplates,
    kextTroubleTemplates,
    kextNoticeTemplates,
    kextdTemplates,
    kextdNoticeTemplates,
    kextdProgressTemplates,
    { ...kextcacheTroubleTemplates, cacheStepFailed: [] },
    kernelServiceTemplates,
    kextlibsFailures,
    kextstatFailureTemplates,
    ioclasscountFailureTemplates,
    ioregFailureTemplates,
    Object.fromEntries(
      Object.entries(kextcacheTemplates).filter(([kind]) =>
        /^(kext[OKN]|notBuilt|notAllowed|rebuildFailed)/.test(kind),
      ),
    ),
  ];
  // The Simulated Mac says what to do itself; what kmutil does not support is known for -n alone.
  for (const [kind, template] of tables
    .flatMap(Object.entries)
    .flatMap(([kind, all]) => all.map((each: string) => [kind, each])))
    if (!template.startsWith('Simulated Mac:') && kind !== 'modeUnsupported')
      it(`knows what the parsers know of ${kind}: ${template}`, () => {
        const found = explain(printed(template));
        assert.ok(found.some(({ row }) => row.patterns.length > 0));
      });

  it('knows every code, case and exit status that is documented', t => {
    const sections = documentedSections();
    if (sections === undefined) return t.diagnostic('the knowledge is not beside the project');
    const rows = (text: string) => explain(text).map(({ row }) => row.id);
    const codes = [...(sections.get(2) ?? '').matchAll(/\b0x[de]c?[0-9a-f]{6,7}\b/g)]
      .map(([code]) => code)
      .filter(code => code !== '0xdc000000');
    const cases = [...(sections.get(3) ?? '').matchAll(/^\| ([A-F]\d?) /gm)].map(match => match[1]);
    const statuses = [...(sections.get(11) ?? '').matchAll(/^\| (k\w+) \| (.*) \|$/gm)].flatMap(([, tool, all = '']) =>
      [...all.matchAll(/(?:^|; )(\d+)/g)].map(([, status]) => `${tool} exit ${status}`),
    );
    t.diagnostic(`${codes.length} codes, ${cases.length} cases, ${statuses.length} exit statuses`);
    for (const code of codes)
      assert.ok(
        rows(code).some(id => /^(os|io)Returns\./.test(id)),
        code,
      );
    assert.equal(catalogue.filter(({ id }) => id.startsWith('instances.')).length, cases.length);
    for (const status of statuses) assert.ok(rows(status).length > 0, status);
    assert.ok(codes.length > 45 && statuses.length > 25);
  });
});

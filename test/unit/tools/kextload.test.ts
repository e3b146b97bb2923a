import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { kextload, parseKextload } from '../../../src/tools/kextload.ts';
import { loadOutcome } from '../../../src/tools/outcome/loadOutcome.ts';
import { UnknownToolText } from '../../../src/tools/port/toolErrors.ts';
import { capture } from './captures.ts';
import { said } from './said.ts';

const kext = 'org.sample.driver.Turbine';
const ends = (text: string, exitCode: number | null) => loadOutcome(parseKextload(text).records, exitCode);

describe('a line in what kextload says', () => {
  for (const [text, expected] of [
    [`(kernel) Kext ${kext} start failed (result 0x5).`, { kind: 'startFailed', kext, code: 5 }],
    [`(kernel) Kext ${kext} did not start (return code 0x5).`, { kind: 'didNotStart', kext, code: 5 }],
    [
      `(kernel) OSMetaClass: Kext ${kext} class Rotor is a duplicate;kext org.other already has a class by that name.`,
      { kind: 'duplicateClass', kext, class: 'Rotor', owner: 'org.other' },
    ],
    [`(kernel) Kext ${kext} registered class Rotor.`, { kind: 'classRegistered', kext, class: 'Rotor' }],
    [
      `(kernel) Kext ${kext} - library kext com.apple.iokit.IOX not found.`,
      { kind: 'libraryMissing', kext, library: 'com.apple.iokit.IOX' },
    ],
    [
      `(kernel) Kext ${kext} - library kext com.apple.iokit.IOX not compatible with requested version 9.9.`,
      { kind: 'libraryIncompatible', library: 'com.apple.iokit.IOX', version: '9.9' },
    ],
    [`(kernel) Can't load kext ${kext} - not loadable during safe boot.`, { kind: 'safeBoot', kext }],
    [`(kernel) Can't load kext ${kext} - executable is missing.`, { kind: 'executableMissing', kext }],
    [`(kernel) kxld[${kext}]: \t__ZN5RotorD1Ev`, { kind: 'linkerItem', kext, item: '__ZN5RotorD1Ev' }],
    [`(kernel) kxld[${kext}]:     Rotor::spin(int, int)`, { kind: 'linkerItem', item: 'Rotor::spin(int, int)' }],
    [`kxld[${kext}]: This kext uses obsolete symbol _foo.`, { kind: 'obsoleteSymbol', kext, symbol: '_foo' }],
    [
      "Can't load /tmp/T.kext - no code for running kernel's architecture.",
      { kind: 'cannotLoad', what: '/tmp/T.kext', reason: "no code for running kernel's architecture" },
    ],
    [
      'Kext with invalid signature (-67050) allowed: <OSKext 0x7f [0x7f]> { URL = "file:///T.kext/", ID = "org.a" }',
      { kind: 'signatureAllowed', status: -67050 },
    ],
    ['Code Signing Failure: not code signed', { kind: 'codeSigningFailed', reason: 'not code signed' }],
    ['Error: Kext org.a - not found/unable to create.', { kind: 'notFound', what: 'org.a' }],
    ['kextload: /tmp/T.kext loaded successfully', { kind: 'loaded', what: '/tmp/T.kext' }],
    ['/tmp/T.kext could not be staged, failing.', { kind: 'notStaged', what: '/tmp/T.kext' }],
  ] as const)
    it(text, () => assert.partialDeepStrictEqual(parseKextload(text).records, [{ ...expected, line: 1, text }]));

  it('holds a path with blanks whole', () => {
    const [requesting, loaded] = parseKextload(capture('kextload-v-loaded')).records;
    assert.partialDeepStrictEqual(requesting, { kind: 'requesting', what: '/private/tmp/Sample Turbine.kext' });
    assert.partialDeepStrictEqual(loaded, { kind: 'loaded', what: '/private/tmp/Sample Turbine.kext' });
  });

  it('names the rejected kext and where it lies', () => {
    const [rejected] = parseKextload(capture('kextload-policy')).records;
    const url = 'file:///Library/Extensions/Turbine.kext/';
    assert.partialDeepStrictEqual(rejected, { kind: 'rejected', reason: 'system policy', kext, url });
  });

  it('may be one error of kmutil over several', () => {
    const { records, notUnderstood } = parseKextload(capture('kextload-shim-ownership'));
    assert.deepEqual([records.length, notUnderstood], [1, []]);
    const [error] = records;
    assert.ok(error?.kind === 'kmutilError');
    assert.deepEqual([error.number, error.description.split('\n').length], [30, 3]);
    assert.match(error.description, /^Validating extension failed: Kext org\.sample\.driver\.Turbine v1\.4 /);
    assert.match(error.description, /Contents$/);
  });

  it('is kept where an error of kmutil has no end', () => {
    const text = 'Error Domain=KMErrorDomain Code=71 "Could not find: it\nsomething else\n';
    const { records, notUnderstood } = parseKextload(text);
    assert.partialDeepStrictEqual(records, [{ description: 'Could not find: it' }]);
    assert.deepEqual(notUnderstood, [{ line: 2, text: 'something else' }]);
  });
});

describe('how a load ended', () => {
  for (const [name, expected] of [
    ['kextload-v-loaded', 'loaded'],
    ['kextload-different-copy', 'loadFailed'],
    ['kextload-unresolved-symbols', 'loadFailed'],
    ['kextload-policy', 'needsApproval'],
    ['kextload-shim-restart', 'needsRestart'],
    ['kextload-shim-ownership', 'loadFailed'],
  ] as const)
    it(`${name} is ${expected}, whatever the exit code`, () => {
      for (const code of [0, 71, null]) assert.equal(ends(capture(name), code), expected);
    });

  it('is decided by the exit code only where nothing was said', () => {
    const outcomes = [0, 27, 28, 71, 77, null].map(code => ends('', code));
    assert.deepEqual(outcomes, ['loaded', 'needsApproval', 'needsRestart', 'loadFailed', 'notPrivileged', 'unknown']);
    assert.equal(ends('(kernel) Kext org.a registered class Rotor.', 0), 'loaded');
  });

  it('is loaded where only other kexts were complained about on the way', () => {
    const text = 'Kext with invalid signature (-67050) denied: /Library/Extensions/Other.kext\n';
    assert.equal(ends(`${text}/tmp/T.kext loaded successfully (or already loaded).`, 0), 'loaded');
  });

  it('is for the user to approve where policy refused, though the summary does not say so', () => {
    const text = `${capture('kextload-policy').split('\n')[0]}\n/tmp/T.kext failed to load - (libkern/kext) not loadable (reason unspecified); check the system/kernel logs for errors or try kextutil(8).`;
    assert.equal(ends(text, 71), 'needsApproval');
  });
});

describe('kextload', () => {
  it('shows no dictionary by a brace alone', () => {
    const { records, notUnderstood } = parseKextload('{\n{\n');
    assert.deepEqual(records, []);
    assert.deepEqual(
      notUnderstood.map(({ text }) => text),
      ['{', '{'],
    );
  });

  it('loads an absolute path, as root', () => {
    const { tool, argv, asRoot } = kextload('/tmp/My Turbine.kext');
    assert.deepEqual([tool, argv, asRoot], ['kextload', ['/tmp/My Turbine.kext'], true]);
  });

  for (const path of ['', 'Turbine.kext', '-b'])
    it(`takes "${path}" for no path`, () => assert.throws(() => kextload(path), RangeError));

  it('answers with how it ended, also in silence', () => {
    assert.equal(kextload('/tmp/T.kext').parse(said({})).outcome, 'loaded');
    // A wrong password came before the right one.
    assert.equal(kextload('/tmp/T.kext').parse(said({ stderr: 'Sorry, try again.\n' })).outcome, 'loaded');
    assert.throws(
      () => kextload('/tmp/T.kext').parse(said({ stderr: 'Segmentation fault\n', exitCode: 1 })),
      UnknownToolText,
    );
  });
});

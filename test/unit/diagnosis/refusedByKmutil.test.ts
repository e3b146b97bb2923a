import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { kextOfError, refusedByKmutil } from '../../../src/diagnosis/refusedByKmutil.ts';
import { diagnoseTranscript } from '../../../src/diagnosis/transcript.ts';
import { parseKextload } from '../../../src/tools/kextload.ts';
import { isAboutLoad, type KmutilError } from '../../../src/tools/kmutil/kmutilErrors.ts';
import { capture } from '../tools/captures.ts';

const id = 'org.sample.driver.Turbine';
const path = '/Library/Extensions/Turbine.kext';
const at = (line: number) => ({ file: '/p/Info.plist', line, column: 3 });
const kext = { bundleIdentifier: id, target: 'test-mac', identifierPosition: at(9) };
const source = {
  path,
  libraries: new Map([['com.apple.kpi.bsd', '20.1']]),
  libraryPosition: (name?: string) => (name === undefined ? at(20) : name === 'com.apple.kpi.bsd' ? at(22) : undefined),
  declarationOf: (name: string) => (name === 'Rotor' ? { file: '/p/Rotor.hpp', line: 5, column: 7 } : undefined),
};

function errorOf(description: string): KmutilError {
  const text = `Error Domain=KMErrorDomain Code=71 "${description}" UserInfo={NSLocalizedDescription=${description}}`;
  const [error] = parseKextload(text).records;
  return error?.kind === 'kmutilError' ? error : assert.fail(JSON.stringify(error));
}

const told = (description: string) => refusedByKmutil(kext, source, errorOf(description));
const kextAtPath = `Kext ${id} v1.4 in executable kext bundle ${id} at ${path}`;

describe('An error of kmutil is told once for each thing that it names', () => {
  it('owners: one finding with all files below what was validated', () => {
    const lines = ['Info.plist', 'MacOS'].map(
      file => `Filesystem error: Invalid ownership (501:20) should be (0:0) on ${path}/Contents/${file}`,
    );
    const head = `Validating extension failed: ${kextAtPath}:`;
    const [found, ...more] = told([head, '', ...lines].join('\n'));
    assert.deepEqual(more, []);
    assert.match(found?.remedy ?? '', /^On the installed copy: chown/);
    assert.deepEqual([found?.anchor, found?.evidence.map(({ text }) => text)], [at(9), [head, ...lines]]);
  });

  it('a folder that is not allowed, with those that are', () => {
    const problem = `Filesystem error: Invalid directory for executable kext bundle ${id} at /tmp/My X.kext. Should appear in one of:\n\t/Library/Extensions\n\t/System/Library/Extensions`;
    const [found, ...more] = told(problem);
    assert.deepEqual(more, []);
    assert.equal(found?.message, 'test-mac loads no kext from /tmp.');
    assert.deepEqual(found?.evidence, [{ text: problem }]);
  });

  it('two things of one Info.plist, each on its own line', () => {
    const found = told(
      `Validating extension failed: ${kextAtPath}:\n\nInfo dictionary property value is illegal: OSBundleLibraries.com.apple.kpi.bsd\nInfo dictionary missing required property/value: CFBundleVersion`,
    );
    assert.deepEqual(
      found.map(({ anchor }) => anchor),
      [at(22), at(9)],
    );
  });

  it('a library that is not there, and one of another version', () => {
    const [missing] = told(
      `Unable to resolve dependencies: '${id}' names a dependency on 'com.apple.kpi.bsd', which was not found.`,
    );
    assert.match(missing?.message ?? '', /^test-mac has no com\.apple\.kpi\.bsd, which/);
    const [unfit] = told(
      'Unable to resolve dependencies: Only incompatible kexts found for these libraries: com.apple.kpi.bsd.',
    );
    assert.match(unfit?.message ?? '', /does not stand in for 20\.1, which/);
    assert.deepEqual([missing?.anchor, unfit?.anchor], [at(22), at(22)]);
  });

  it('symbols, run together as the builder writes them, each once', () => {
    const bind = (name: string) =>
      `Failed to bind '${name}' in '${id}' (at offset 0x8 in __DATA, __got) as could not find a kext which exports this symbol`;
    const all = `    1: Could not use '${id}' because: ${bind('_a')}${bind('_b')}\n${id} specific:\n    1: ${bind('_a')}`;
    const [found, ...more] = told(`Error occurred while building a collection:\n${all}`);
    assert.deepEqual(more, []);
    assert.match(found?.message ?? '', /^2 symbols of \S+ are in none of its libraries: _a, _b\.$/);
    assert.deepEqual(found?.anchor, at(20));
  });

  it('a vtable on the class, also of one in a namespace', () => {
    const found = ['__ZTV5Rotor', '__ZTVN4Core5RotorE'].flatMap(vtable =>
      told(
        `Error occurred while building a collection: Class vtables '${vtable}' or '${vtable}' is not exported from '${id}'`,
      ),
    );
    assert.deepEqual(
      found.map(({ message, anchor }) => [message, anchor?.line]),
      [
        [`The vtable of Rotor is missing in ${id}.`, 5],
        [`The vtable of Core::Rotor is missing in ${id}.`, 5],
      ],
    );
  });

  it('a library that no kext has, and a superclass that none of the libraries exports', () => {
    const [missing, superclass] = told(
      `Error occurred while building a collection:\n    1: Failed to bind '_a' in '${id}' as could not find a kext with 'com.apple.kpi.bsd' bundle-id\n    2: Superclass vtable '__ZTV5Crank' is not exported from '${id}' or its dependencies`,
    ).toSorted((a, b) => (a.message < b.message ? 1 : -1));
    assert.deepEqual(
      [missing?.message, missing?.anchor],
      [`test-mac has no com.apple.kpi.bsd, which ${id} links against.`, at(22)],
    );
    assert.match(superclass?.message ?? '', /^1 symbol of \S+ is in none of its libraries: __ZTV5Crank\.$/);
  });

  it('only what is said of this kext, where sections speak of several', () => {
    const unbound = (symbol: string, of: string) =>
      `Failed to bind '${symbol}' in '${of}' as could not find a kext which exports this symbol`;
    const [own, others, ...more] = told(
      `Error occurred while building a collection:\n${id} specific:\n    1: ${unbound('_a', id)}\norg.other specific:\n    1: ${unbound('_b', 'org.other')}`,
    );
    assert.deepEqual(more, []);
    assert.match(own?.message ?? '', /none of its libraries: _a\.$/);
    assert.match(others?.message ?? '', /^org\.other keeps /);
    assert.deepEqual(others?.evidence, [{ text: unbound('_b', 'org.other') }]);
  });

  it('another vendor’s kext as what is in the way, by its name or by its file', () => {
    const [named] = told(
      "Error occurred while building a collection:\n  Could not use 'org.other' because: cannot be placed in kernel collection\n  because: kexts must have a _kmod_info symbol",
    );
    assert.match(named?.message ?? '', /^org\.other keeps org\.sample\.driver\.Turbine out: /);
    const [filed] = told(
      "Error occurred while building a collection: in '/Library/StagedExtensions/Library/Extensions/Other.kext/Contents/MacOS/Other' missing __TEXT segment",
    );
    assert.match(filed?.message ?? '', /^Other\.kext keeps /);
  });

  it('nothing where it names nothing of a kext', () => {
    assert.deepEqual(told('Could not find: Unable to get contents of boot kernel collection collection at /x'), []);
  });
});

describe('Whom an error of kmutil is about', () => {
  for (const [description, expected] of [
    [`Extension with identifiers ${id},org.other not approved to load. Please approve using System Settings.`, id],
    [`Loading extension(s): ${id} requires a reboot`, id],
    [`Validating extension failed: ${kextAtPath}:`, id],
    [`Filesystem error: Invalid directory for codeless kext bundle ${id} at ${path}. Should appear in one of:`, id],
    [`Error occurred while building a collection: Could not use '${id}' because: x`, id],
    ['Incompatible architecture: Binary is for x86_64, but needed arch arm64e', undefined],
  ] as const)
    it(description, () => {
      const error = errorOf(description);
      assert.equal(kextOfError(error), expected);
      assert.ok(isAboutLoad(error));
    });

  it('a request to the kernel may have been an unload', () => {
    assert.ok(!isAboutLoad(errorOf('Kernel request failed: (libkern/kext) not found (-603947002)')));
    assert.ok(!isAboutLoad(errorOf('Could not find: No bundle was found at /x.')));
  });
});

describe('A transcript of a load by kmutil', () => {
  const source = { declared: [], declarationOf: () => undefined, identifierPosition: () => undefined };
  const diagnose = (said: string) => diagnoseTranscript({ said, registry: undefined, counts: undefined }, source);

  it('is no refused unload: what it was refused for is told', () => {
    const { outcome, bundleIdentifier, diagnoses } = diagnose(capture('kextload-shim-ownership'));
    assert.deepEqual([outcome, bundleIdentifier, diagnoses.length], ['loadFailed', id, 1]);
    assert.match(diagnoses[0]?.message ?? '', /is not root's alone/);
  });

  it('that waits is information', () => {
    const { outcome, diagnoses } = diagnose(capture('kextload-shim-restart'));
    assert.deepEqual(
      [outcome, diagnoses.map(({ cause, severity }) => [cause, severity])],
      ['needsRestart', [['waitingForRestart', 'information']]],
    );
  });

  it('that says no more is told in its words, where the shim says that it was a load', () => {
    const failed = (text: string) =>
      diagnose(`Executing: /usr/bin/kmutil load -p ${path}\nError Domain=KMErrorDomain Code=71 "${text}"`);
    const start = failed('Kernel request failed: (libkern/kext) kext (kmod) start/stop routine failed (-603946985)');
    assert.match(start.diagnoses[0]?.message ?? '', /was not loaded: kext \(kmod\) start\/stop routine failed\.$/);
    const unknown = failed('Something of a later system.');
    assert.deepEqual([start.outcome, unknown.outcome], ['loadFailed', 'loadFailed']);
    assert.match(unknown.diagnoses[0]?.message ?? '', /was not loaded: Something of a later system\.$/);
  });
});

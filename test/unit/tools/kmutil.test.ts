import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseKextload } from '../../../src/tools/kextload.ts';
import { parseKmutilShowloaded } from '../../../src/tools/kmutil/kmutilShowloaded.ts';
import { parseKmutil } from '../../../src/tools/kmutil.ts';
import { capture } from './captures.ts';

const kext = 'org.sample.driver.Turbine';
const errorsIn = (text: string) =>
  parseKmutil(text).records.flatMap(record => (record.kind === 'kmutilError' ? [record] : []));

describe('An error of kmutil says', () => {
  const saysOf = (description: string) =>
    errorsIn(`Error Domain=KMErrorDomain Code=71 "${description}" UserInfo={NSLocalizedDescription=${description}}`)[0]
      ?.says;

  for (const [description, expected] of [
    [
      `Extension with identifiers ${kext},org.other not approved to load. Please approve using System Preferences.`,
      { kind: 'notApproved', kexts: [kext, 'org.other'] },
    ],
    [
      `Loading extension(s): ${kext},org.other requires a reboot`,
      { kind: 'restartRequired', kexts: [kext, 'org.other'] },
    ],
    [
      `Authenticating extension failed: Kext ${kext} v1.4 in executable kext bundle ${kext} at /private/var/db/KernelExtensionManagement/Staging/${kext}.x9Q2aB/Turbine.kext:\nAuthenticating extension failed: Bad code signature`,
      {
        kind: 'extensionRefused',
        step: 'Authenticating',
        kext,
        version: '1.4',
        bundleKind: 'executable kext',
        problems: [{ kind: 'signature', what: 'Bad code signature' }],
      },
    ],
    ['Could not find: No bundle was found at /tmp/My T.kext.', { kind: 'bundleNotFound', path: '/tmp/My T.kext' }],
    [`Could not find: Extension with identifier '${kext}' not found`, { kind: 'kextNotFound', kext }],
    [`Error occurred unloading extensions: Missing extension with identifier ${kext}`, { kind: 'kextNotFound', kext }],
    [
      'Could not find: Unable to get contents of boot kernel collection collection at /System',
      { kind: 'fileNotFound', what: 'Unable to get contents of boot kernel collection collection at /System' },
    ],
    [
      `Insufficient permissions for action: Unable to load '${kext}' in unprivileged request.`,
      { kind: 'notPermitted', kext },
    ],
    [
      'Missing Developer Kit: As of macOS 13.0, you will need to install a KDK matching your build 22E252 to rebuild kernel collections.',
      { kind: 'developerKitMissing', build: '22E252' },
    ],
    ['Incompatible architecture: Cannot find arm64e in fat binary', { kind: 'architectureUnfit', needed: 'arm64e' }],
    [
      'Kernel request failed: (libkern/kext) link error (-603946986)',
      { kind: 'kernelRequestFailed', error: '(libkern/kext) link error', signedCode: -603946986 },
    ],
    ['Something of a later system.', { kind: 'otherError' }],
  ] as const)
    it(`${expected.kind}: ${description.slice(0, 70)}`, () =>
      assert.partialDeepStrictEqual(saysOf(description), expected));

  it('each file of an extension that was refused, and the folders where it may lie', () => {
    const [, , , error] = errorsIn(capture('kmutil-forms'));
    assert.partialDeepStrictEqual(error?.says, {
      kind: 'extensionRefused',
      kext,
      version: '1',
      path: '/Library/Extensions/My Turbine.kext',
      problems: [
        { kind: 'ownership', owner: '501', file: '/Library/Extensions/My Turbine.kext' },
        { kind: 'folder', path: '/tmp/Winch.kext', folders: ['/System/Library/Extensions', '/Library/Extensions'] },
      ],
    });
  });

  it('each finding of a collection, with the kext that it is about', () => {
    const [error] = errorsIn(capture('kmutil-code31-findings'));
    assert.ok(error?.says.kind === 'collectionNotBuilt');
    assert.deepEqual(
      error.says.findings.map(({ kind, about }) => [kind, about]),
      [
        ['linkingPrevented', undefined],
        ['symbolNotBound', kext],
        ['symbolNotBound', kext],
        ['notPlaced', 'org.sample.driver.Winch'],
        ['symbolNotBound', kext],
        ['vtablesNotExported', kext],
      ],
    );
  });
});

describe('An error of kmutil is whole', () => {
  it('in any domain, with any prefix, and with the status that a script wrote behind it', () => {
    assert.deepEqual(
      errorsIn(capture('kmutil-forms')).map(({ domain, number, code }) => [domain, number, code]),
      [
        ['KMErrorDomain', 1, undefined],
        [undefined, 71, undefined],
        [undefined, undefined, 0xdc008013],
        [undefined, undefined, undefined],
        ['KMErrorDomain', 71, undefined],
        ['KMErrorDomain', 71, undefined],
        ['KMErrorDomain', 71, undefined],
        ['NSPOSIXErrorDomain', 2, undefined],
        ['com.apple.LocalAuthentication', -6, undefined],
      ],
    );
    assert.equal(errorsIn(capture('kmutil-forms')).at(-1)?.description, 'Biometry is not available on this device.');
  });

  it('where it was cut before its end: with what is sure to be its own', () => {
    const cut = capture('kmutil-code31-findings').split('" UserInfo=')[0] ?? '';
    const { records, notUnderstood } = parseKextload(`${cut.replace(/"$/, '')}\nsomething else\n`);
    assert.deepEqual(notUnderstood, [{ line: 9, text: 'something else' }]);
    assert.partialDeepStrictEqual(
      records,
      [{ number: 31, recordLines: undefined }].map(({ number }) => ({ number })),
    );
  });
});

describe('What kmutil rebuild means to do', () => {
  it('is told kext by kext, then that somebody has to approve it and to restart', () => {
    const { records, notUnderstood } = parseKmutil(capture('kmutil-rebuild'));
    assert.deepEqual(notUnderstood, []);
    assert.partialDeepStrictEqual(records, [
      { kind: 'checking', collection: 'auxiliary' },
      {
        kind: 'plan',
        change: 'add',
        count: 2,
        kexts: [
          { kext, version: '1.4.0d2', path: '/Library/Extensions/My Turbine.kext' },
          { kext: 'org.sample.lib.Gear', version: '2.0' },
        ],
      },
      { kind: 'plan', change: 'remove', count: 1, kexts: [{ path: '/private/tmp/Winch.kext' }] },
      { kind: 'approvalRequested', seconds: 60 },
      { kind: 'restartNeeded' },
    ]);
  });
});

describe('Whatever command of kmutil it was', () => {
  it('its rows of kexts, its libraries and its diagnostics are understood', () => {
    const list = parseKmutil(capture('kextstat-shim-11'));
    assert.deepEqual([list.records.map(({ kind }) => kind), list.notUnderstood], [['kext', 'kext'], []]);
    const libraries = parseKmutil(capture('kextlibs-xml-per-architecture'));
    assert.deepEqual(
      [libraries.records.map(({ kind }) => kind), libraries.notUnderstood],
      [['fragment', 'architecture', 'symbols'], []],
    );
    assert.partialDeepStrictEqual(parseKmutil(capture('kmutil-print-diagnostics')).records[1], {
      section: 'Authentication',
      what: '/private/tmp/Turbine.kext',
    });
  });

  it('a list that was refused is an error, and no list', () => {
    const { records, notices } = parseKmutilShowloaded(capture('kmutil-showloaded-failed'));
    assert.equal(notices.length, 1);
    assert.partialDeepStrictEqual(records, [{ kind: 'kmutilError', says: { kind: 'fileNotFound' } }]);
  });
});

describe('kmutil, as people pass it on', () => {
  const said = (text: string) => parseKmutil(text).records;
  const approval =
    'Extension with identifiers org.sample.driver.Turbine not approved to load. Please approve using System Settings.';

  it('is understood without its first words, and with its lines broken by a mail', () => {
    for (const text of [
      `KMErrorDomain Code=27 "${approval}"`,
      `Domain=KMErrorDomain Code=27 "${approval}"`,
      `Error Domain=KMErrorDomain Code=27 "${approval.replace(' not ', '\nnot ')}"`,
      `Error Domain=KMErrorDomain Code=27 "${approval}" UserInfo=\n {NSLocalizedDescription=${approval.replace(' load', '\n load')}}`,
    ]) {
      const { records, notUnderstood } = parseKmutil(text);
      assert.deepEqual(notUnderstood, [], text);
      assert.partialDeepStrictEqual(records, [
        { number: 27, says: { kind: 'notApproved', kexts: ['org.sample.driver.Turbine'] } },
      ]);
    }
    assert.partialDeepStrictEqual(
      said('Error Domain=KMErrorDomain Code=28 "Loading extension(s):\norg.sample.driver.Turbine requires a reboot"'),
      [{ says: { kind: 'restartRequired', kexts: ['org.sample.driver.Turbine'] } }],
    );
  });

  it('is understood where a classic tool asks kernelmanagerd itself', () => {
    assert.partialDeepStrictEqual(said(`Error contacting KernelManagement service: ${approval}`), [
      { number: undefined, description: approval, says: { kind: 'notApproved' } },
    ]);
    assert.partialDeepStrictEqual(said('Error contacting KernelManagement service: Something else.'), [
      { description: 'Something else.', says: { kind: 'otherError' } },
    ]);
  });

  it('tells of the security policy of the startup volume', () => {
    const reason = 'Error creating linked manifest: code image4 (6)';
    assert.partialDeepStrictEqual(
      said(`Error Domain=KMErrorDomain Code=71 "Boot policy error: ${reason}" UserInfo={}`),
      [{ number: 71, says: { kind: 'bootPolicyRefused', reason } }],
    );
  });

  it('tells which collections it builds, and which one it could not build', () => {
    const text = [
      'checking collections...',
      'Warning: org.sample.driver.List was not found!',
      'updated kernel binaries (Mach-O UUID changed from <unknown> to <unknown>)',
      'rebuilding release collections:',
      '\tboot kernel collection',
      '\tsystem kext collection',
      'failed to build release collection:',
      "\tin '/Library/Extensions/Turbine.kext/Contents/MacOS/Turbine' missing __TEXT segment",
    ].join('\n');
    const { records, notUnderstood } = parseKmutil(text);
    assert.deepEqual(notUnderstood, []);
    assert.partialDeepStrictEqual(records.at(-1), {
      says: { kind: 'collectionNotBuilt', findings: [{ kind: 'textSegmentMissing' }] },
    });
  });

  it('tells why one was not built also where what it found is not set in', () => {
    const items = ['org.sample.driver.Turbine specific:', '    1: One or more extensions are missing'];
    for (const head of ['failed to build release collection:', 'Error occurred while building a collection:']) {
      const { records, notUnderstood } = parseKmutil([head, ...items].join('\n'));
      assert.deepEqual([records.length, notUnderstood], [1, []], head);
    }
  });
});

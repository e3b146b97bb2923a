import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { catalogue } from '../../../../src/diagnosis/catalogue/catalogue.ts';
import { explain } from '../../../../src/diagnosis/catalogue/explain.ts';

const ids = (text: string) => explain(text).map(({ row }) => row.id);
const marked = (text: string) => explain(text).map(({ row, general }) => `${general ? 'general: ' : ''}${row.id}`);

describe('A code is explained', () => {
  const inUse = [
    '0xdc008018',
    '0xDC008018',
    'dc008018',
    '-603946984',
    '3691020312',
    'kOSKextReturnInUse',
    '(libkern/kext) kext is in use or retained (cannot unload)',
    '(libkern/kext) kext is in use or retained (cannot unload).',
    'error 0xdc008018',
    'return code: 0xdc008018.',
    '(-603946984)',
    '  `0xdc008018`  ',
  ];
  for (const text of inUse)
    it(`as ${text}: by all its rows, the commonest first, what it says by itself last`, () => {
      const all = marked(text);
      assert.equal(all[0], 'unload.classesHaveInstances');
      assert.equal(all.at(-1), 'general: osReturns.kOSKextReturnInUse');
      const expected = catalogue.filter(({ code }) => code === 0xdc008018).map(({ id }) => id);
      assert.deepEqual(ids(text).toSorted(), expected.toSorted());
    });

  it('the commonest first, for each', () => {
    const rank = { commonest: 0, common: 1, usual: 2, rare: 3 };
    for (const code of new Set(catalogue.flatMap(row => row.code ?? []))) {
      const ranks = explain(`0x${code.toString(16)}`)
        .filter(({ general }) => !general)
        .map(({ row }) => rank[row.frequency ?? 'usual']);
      assert.deepEqual(ranks, ranks.toSorted(), code.toString(16));
      assert.ok(ranks.length > 0);
    }
  });

  for (const text of ['0xe00002c7', '-536870201', 'kIOReturnUnsupported', '(iokit/common) unsupported function'])
    it(`of the I/O Kit, as ${text}`, () => {
      assert.deepEqual(ids(text), ['unload.terminateDisallowed', 'ioReturns.kIOReturnUnsupported']);
    });

  it('in each of its ways', () => {
    const { code } = explain('-603946984')[0] ?? assert.fail();
    assert.deepEqual(code, {
      hex: '0xdc008018',
      decimal: -603946984,
      symbol: 'kOSKextReturnInUse',
      text: '(libkern/kext) kext is in use or retained (cannot unload)',
    });
  });

  it('of a signature, as 32 bits or 64, signed or not, or by its name', () => {
    for (const text of [
      '-67050',
      '0xfffefa16',
      '0xFFFFFFFFFFFEFA16',
      '4294900246',
      'errSecCSReqFailed',
      'codesign: -67050',
    ])
      assert.deepEqual(marked(text), ['signatureCodes.errSecCSReqFailed'], text);
    for (const text of ['-67062', '-67061', '-67054', '-67030', '-67023', '-2147409652'])
      assert.match(ids(text)[0] ?? '', /^signatureCodes\./, text);
    assert.deepEqual(marked('Kext with invalid signature (-67062) denied: /t/Turbine.kext'), [
      'loadTools.rejectedSignature',
      'general: signatureCodes.errSecCSUnsigned',
    ]);
  });

  it('with failures alone: what only warns is no case of it', () => {
    // A release that comes late is a refusal all the same.
    for (const { code, severity, id } of catalogue)
      if (severity === 'warning' && id !== 'instances.late') assert.equal(code, undefined, id);
    assert.equal(ids('0xdc008016')[0], 'linking.unresolved');
  });

  it('by its parts, where the catalogue does not have it', () => {
    const [only, ...others] = explain('0xe00044f1');
    assert.deepEqual(others, []);
    assert.match(
      only?.cause ?? '',
      /not in the catalogue.*system 0x38 \(the I\/O Kit\), subsystem 1 \(USB\), code 0x4f1/,
    );
    assert.equal(only?.page, undefined);
    assert.match(explain('0xdc00801f').at(-1)?.cause ?? '', /Neither/);
    assert.match(explain('0xdc0080ff')[0]?.cause ?? '', /subsystem 2 \(kext\), code 0xff/);
  });

  it('that is a success: as none', () => {
    for (const text of ['0x0', 'KERN_SUCCESS', 'kIOReturnSuccess', 'result 0x0'])
      assert.match(explain(text)[0]?.cause ?? '', /no error/, text);
  });

  const nothing = ['', ' ', 'hello', '0x10000', '12345', '999', 'kFooBar', 'dcdcdc', 'exit 250', '--json', '“'];
  for (const text of nothing) it(`not where it is none: "${text}"`, () => assert.deepEqual(ids(text), []));
});

describe('An exit status is explained', () => {
  const table: readonly (readonly [string, RegExp])[] = [
    ['exit 27', /^(kmutil\.notApproved|exitStatuses\.\w+\.27)$/],
    ['kextunload exit 3', /^exitStatuses\.kextunload\.3$/],
    ['kextunload exited with 3', /^exitStatuses\.kextunload\.3$/],
    ['exit status 11', /^exitStatuses\.kext(unload|util)\.11$/],
    ['kmutil 71', /^(kmutil\.\w+|exitStatuses\.kmutil\.71)$/],
    ['Code=31', /^(kmutil\.collectionNotBuilt|exitStatuses\.kmutil\.31)$/],
    ['Error Domain=KMErrorDomain Code=31', /^(kmutil\.collectionNotBuilt|exitStatuses\.kmutil\.31)$/],
    ['KMErrorDomain Code=29', /^(kmutil\.\w+|exitStatuses\.kmutil\.29)$/],
    ['kmutil encountered error (28)', /^(kmutil\.restartRequired|exitStatuses\.kmutil\.28)$/],
    ['kmutil 1', /^(kmutil\.dependencyNotResolved|exitStatuses\.kmutil\.1)$/],
    ['kextlibs 1', /^exitStatuses\.kextlibs\.1$/],
    ['kextlibs exit 2', /^exitStatuses\.kextlibs\.2$/],
    ['kextunload failed with exit status 3', /^exitStatuses\.kextunload\.3$/],
    ['exit status 3 from kextunload', /^exitStatuses\.kextunload\.3$/],
    ['sudo kmutil load -p /L/A.kext failed with 28', /^(kmutil\.restartRequired|exitStatuses\.kmutil\.28)$/],
    ['ioclasscount 71', /^exitStatuses\.ioclasscount\.71$/],
    ['71', /^(kmutil\.\w+|exitStatuses\.\w+\.71)$/],
    ['5', /^(exitStatuses\.kextutil\.5|ioReturns\.KERN_FAILURE)$/],
  ];
  for (const [text, expected] of table)
    it(`as ${text}`, () => {
      const found = ids(text);
      assert.ok(found.length > 0);
      for (const id of found) assert.match(id, expected);
    });

  it('by what is common before what was seen once', () => {
    assert.equal(ids('exit 1')[0], 'exitStatuses.kextunload.1');
    assert.ok(ids('exit 1').includes('kmutil.dependencyNotResolved'));
  });

  const cause = (text: string) => explain(text).map(({ cause }) => cause);

  it('of kmutil, whatever its number: what is known of it, and what is not', () => {
    for (let status = 1; status <= 71; status += 1) {
      const found = explain(`kmutil exit ${status}`);
      assert.ok(found.length > 0, `${status}`);
      for (const { row } of found) assert.equal(row.component, 'kmutil', row.id);
    }
    assert.deepEqual(cause('kmutil 35'), [
      'What kmutil means by 35 is documented nowhere: it is closed, and of its codes, which its exit status repeats, only 0, 1, 27, 28, 29, 30, 31, 34 and 71 have been seen.',
    ]);
    assert.match(cause('kmutil exit 64').join(), /documented nowhere.* Among programs of BSD it is EX_USAGE, a call/);
    assert.equal(explain('kmutil 35')[0]?.page, undefined);
  });

  it('in an error of kmutil that says nothing known, too', () => {
    for (const text of ['kmutil encountered error (33): New', 'Error Domain=KMErrorDomain Code=33 "New" UserInfo={}'])
      assert.match(cause(text).join(), /^What kmutil means by 33 is documented nowhere/, text);
    const known =
      'Error Domain=KMErrorDomain Code=33 "Authenticating extension failed: Bad code signature" UserInfo={}';
    assert.deepEqual(ids(known), ['kmutil.badSignature', 'kmutil.authenticationFailed']);
  });

  it('of any other tool or of none, where it is one that all programs share', () => {
    assert.deepEqual(cause('kextunload exit 42'), [
      'kextunload documents no exit status 42; its own are 0, 1, 2, 3, 11, 64, 71 and 77.',
    ]);
    assert.deepEqual(cause('exit status 137'), [
      'No kext tool documents the status 137. A shell says so of a program that was ended by SIGKILL.',
    ]);
    assert.match(cause('exit 65').join(), /EX_DATAERR/);
    assert.match(cause('exit 127').join(), /does not find/);
  });
});

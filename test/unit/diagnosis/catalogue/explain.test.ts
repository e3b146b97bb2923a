import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
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

  it('with failures alone: a warning is no case of it', () => {
    for (const text of ['0xdc008016', '0xdc00800e'])
      for (const { row } of explain(text)) assert.equal(row.severity, 'error', `${text}: ${row.id}`);
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
});

describe('A message is explained', () => {
  const message = "Can't unload kext org.sample.driver.Turbine; classes have instances:";
  const pasted = [
    message,
    `(kernel) ${message}`,
    `> (kernel) ${message}`,
    `    > > ${message}`,
    `- ${message}`,
    `"${message}"`,
    `\`${message}\``,
    message.replace("'", '’'),
    message.replace(/:$/, ''),
    `kextunload: (kernel) ${message}`,
    `2026-11-23 10:00:00.000000+0000 0x1f4      Default     0x0                  0      0    kernel: ${message}`,
    `2026-11-23 10:00:00.000000+0000 0x1f4      Default     0x0                  0      0    kernel: (Turbine) ${message}`,
    `2026-11-23 10:00:00.000 Df kernel[0:1f4] (Turbine) ${message}`,
    `Nov 23 10:00:00 bench kernel[0]: ${message}`,
    `Nov 23 10:00:00 bench kernel[0] <Notice>: ${message}`,
    `3/14/16 9:26:53.000 AM kernel[0]: ${message}`,
    `bench kernel[0]: ${message}`,
    `2026-11-23 10:00:00.000 [info] ${message}`,
    `[   41.123456]: ${message}`,
    `kernel[0]: ${message}`,
    "Can't unload kext org.sample.driver.Turbine;\nclasses have instances:",
  ];
  for (const text of pasted)
    it(`pasted as ${JSON.stringify(text)}`, () => {
      const [only, ...others] = explain(text);
      assert.deepEqual(others, []);
      assert.equal(only?.row.id, 'unload.classesHaveInstances');
      assert.equal(only?.fields.kext, 'org.sample.driver.Turbine');
    });

  it('with its own names', () => {
    const [found] = explain('Couldn\'t alloc class "Rotor"');
    assert.match(found?.cause ?? '', /^A personality matched, and the kernel knows no class Rotor:/);
    assert.match(explain('Kext org.a.B failed to register class Rotor.')[0]?.where ?? '', /^the class Rotor$/);
    assert.match(explain('0xdc00400b')[0]?.remedy ?? '', /^Make both the same\.$/);
  });

  it('with the first of the values below it', () => {
    const [found] = explain(
      'Info dictionary missing required property/value: \n    CFBundleVersion\n    OSBundleLibraries',
    );
    assert.equal(found?.where, 'CFBundleVersion in the Info.plist');
    const [linked] = explain(
      'kxld[org.a.B]: The following symbols are unresolved for this kext:\nkxld[org.a.B]: \t_a\nkxld[org.a.B]: \t_b',
    );
    assert.deepEqual(linked?.fields, { kext: 'org.a.B', symbol: '_a' });
  });

  it('by the code that it holds, where it is not known itself', () => {
    assert.deepEqual(marked('Turbine: I/O error: e00002ed'), ['ioReturns.kIOReturnNotResponding']);
    assert.deepEqual(marked('IOServiceOpen failed: 0xe00002c5 (turbinectl)'), ['ioReturns.kIOReturnExclusiveAccess']);
    for (const line of ['it said 0xe00002c7 and went on', 'turbinectl: IOServiceOpen failed: 0xe00002c7'])
      assert.deepEqual(marked(line), ['ioReturns.kIOReturnUnsupported', 'general: unload.terminateDisallowed']);
    const [own, ...cases] = marked('turbine: open failed 0xdc008013');
    assert.equal(own, 'osReturns.kOSKextReturnNotLoadable');
    assert.ok(cases.length > 5 && cases.every(each => each.startsWith('general: ')));
  });

  it('of kmutil about the processor, in each of its forms', () => {
    const forms = [
      'Incompatible architecture: Binary is for x86_64, but needed arm64',
      'Incompatible architecture: Binary is for x86_64, but needed arch arm64',
      'Incompatible architecture: Cannot find arm64 in fat binary',
      'Cannot find arm64 in fat binary',
    ];
    for (const form of forms)
      for (const text of [
        form,
        `Error Domain=KMErrorDomain Code=71 "${form}" UserInfo={NSLocalizedDescription=${form}}`,
      ]) {
        const [found] = explain(text);
        assert.deepEqual([found?.row.id, found?.fields.needed], ['kmutil.architecture', 'arm64'], text);
      }
  });

  it('that is one symbol of the linker’s, without the message above it', () => {
    for (const symbol of ['__ZN5Rotor4spinEv', 'Rotor::spin(int, char)'])
      assert.deepEqual(explain(`kxld[org.a.B]: \t${symbol}`)[0]?.fields, { kext: 'org.a.B', symbol });
    assert.deepEqual(ids('kxld[org.a.B]: Some message of a later system.'), []);
  });

  it('of another domain than kmutil’s own, whatever it says', () => {
    assert.deepEqual(marked('Error Domain=com.apple.LocalAuthentication Code=-6 "Nobody is there." UserInfo={}'), [
      'kmutil.ownerNotAsked',
    ]);
  });

  it('which says that something failed by its code, besides', () => {
    assert.deepEqual(marked('Failed to unload org.a.B - (libkern/kext) kext is in use or retained (cannot unload).'), [
      'kextunload.failed',
      'general: osReturns.kOSKextReturnInUse',
    ]);
    assert.deepEqual(marked('(kernel) Kext org.a.B start failed (result 0x5).'), [
      'loadKernel.startFailed',
      'general: ioReturns.KERN_FAILURE',
    ]);
  });

  it('that decides by its code what it means', () => {
    const refused = "(kernel) Can't remove kext org.a.B; services failed to terminate - ";
    assert.equal(ids(`${refused}0xdc008018.`)[0], 'unload.dependents');
    assert.equal(ids(`${refused}0xe00002c7.`)[0], 'unload.terminateDisallowed');
    assert.equal(ids(`${refused}0xe00002bd.`)[0], 'unload.noMemoryToTerminate');
    assert.equal(ids(`${refused}0xe00002d6.`)[0], 'unload.servicesFailedToTerminate');
  });
});

describe('A paste of several lines is explained', () => {
  it('line by line, each row once, those that only sum up marked', () => {
    const text = `Requesting unload of org.a.B (with termnation of IOServices).
(kernel) Can't unload kext org.a.B; classes have instances:
(kernel)     Kext org.a.B class Rotor has 1 instance.
(kernel)     Kext org.a.B class Pump has 2 instances.
(kernel) Can't remove kext org.a.B; kext failed to unload - 0xdc008018.
Failed to unload org.a.B - (libkern/kext) kext is in use or retained (cannot unload).`;
    assert.deepEqual(marked(text), [
      'kextunload.requesting',
      'unload.classesHaveInstances',
      'general: unload.failed',
      'general: osReturns.kOSKextReturnInUse',
      'general: kextunload.failed',
    ]);
    assert.deepEqual(explain(text)[1]?.fields, { kext: 'org.a.B', class: 'Rotor', instances: '1' });
  });

  it('that is one error of kmutil: the item first, also where items are glued together and repeated in UserInfo', () => {
    const items = `
	1: One or more binaries has an error which prevented linking.  See other errors.
	2: Could not use 'org.a.B' because: Failed to bind '_a' in 'org.a.B' (at offset 0x0 in __DATA, __got) as could not find a kext which exports this symbolFailed to bind '_b' in 'org.a.B' (at offset 0x8 in __DATA, __got) as could not find a kext which exports this symbol`;
    const error = `Error occurred while building a collection: ${items}`;
    const found = explain(`Error Domain=KMErrorDomain Code=31 "${error}" UserInfo={NSLocalizedDescription=${error}}`);
    assert.deepEqual(
      found.map(({ row, general }) => [row.id, general]),
      [
        ['collection.symbolNotExported', false],
        ['kmutil.collectionNotBuilt', true],
        ['collection.notLinked', true],
        ['collection.notUsed', true],
      ],
    );
    assert.deepEqual(found[0]?.fields, { symbol: '_a', kext: 'org.a.B' });
    assert.equal(ids(`kmutil encountered error (31): ${error}`)[0], 'collection.symbolNotExported');
  });

  it('that is an error of kmutil with a text of its own: by its number', () => {
    assert.deepEqual(marked('Error Domain=KMErrorDomain Code=71 "Something else" UserInfo={}'), [
      'exitStatuses.kmutil.71',
    ]);
    assert.deepEqual(
      marked('Kernel request failed: (libkern/kext) kext is in use or retained (cannot unload) (-603946984)'),
      ['kmutil.kernelRequestFailed', 'general: osReturns.kOSKextReturnInUse'],
    );
  });
});

describe('Any text', () => {
  const pieces = [
    ...catalogue.map(({ example }) => example),
    '0xdc008018',
    ' - ',
    '(kernel) ',
    '> ',
    '\n',
    ': ',
    "'",
    '{',
    '…',
  ];

  it('is explained without a complaint, each row at most once', () => {
    const text = fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string())).map(parts => parts.join(''));
    fc.assert(
      fc.property(text, pasted => {
        const found = ids(pasted);
        assert.equal(new Set(found).size, found.length);
      }),
    );
  });

  it('of a megabyte is read in one go: what repeats is not read once from each place', () => {
    for (const piece of [
      'Kernel request failed: ',
      'Failed to load - ',
      "Could not use ' because: ",
      '> ',
      '(libkern/',
      ' class ',
      'Kext ',
    ])
      assert.ok(explain(piece.repeat(1_000_000 / piece.length)).length < 5, piece);
    assert.deepEqual(ids(`Nov 23 10:00:00 bench kernel[0] <Notice>: en0 link is up\n`.repeat(18_000)), []);
  });
});

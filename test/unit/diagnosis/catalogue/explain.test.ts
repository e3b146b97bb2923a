import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { catalogue } from '../../../../src/diagnosis/catalogue/catalogue.ts';
import { explain } from '../../../../src/diagnosis/catalogue/explain.ts';

const ids = (text: string) => explain(text).map(({ row }) => row.id);
const marked = (text: string) => explain(text).map(({ row, general }) => `${general ? 'general: ' : ''}${row.id}`);

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

  it('behind what a package’s script and its log put before it', () => {
    const message = 'Failed to load /tmp/Turbine.kext - (libkern/kext) validation failure (plist/executable).';
    for (const text of [
      `2026-11-23 10:00:00+01 bench installd[842]: ./postinstall: ${message}`,
      `Nov 23 10:00:00 bench package_script_service[577]: ./postinstall: ${message}`,
    ])
      assert.equal(explain(text)[0]?.row.id, 'loadTools.failed', text);
  });

  it('broken by a mail inside kmutil’s own marks', () => {
    const text =
      'Error Domain=KMErrorDomain Code=28 "Loading extension(s):\norg.sample.driver.Turbine requires a reboot"';
    assert.deepEqual(ids(text), ['kmutil.restartRequired']);
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
    for (const code of ['open: result=-536870201', '-536870201: no', 'it returned 3758097095 again', 'no, −536870201'])
      assert.equal(marked(code)[0], 'ioReturns.kIOReturnUnsupported', code);
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
    const [other, ...more] = explain('Error Domain=NSPOSIXErrorDomain Code=1 "Operation not permitted" UserInfo={}');
    assert.deepEqual(more, []);
    assert.match(other?.cause ?? '', /none of kmutil’s own: NSPOSIXErrorDomain 1 .* errno/);
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
  it('line by line, each row once, those that only sum up marked, what went wrong before what only went', () => {
    const text = `Requesting unload of org.a.B (with termnation of IOServices).
(kernel) Can't unload kext org.a.B; classes have instances:
(kernel)     Kext org.a.B class Rotor has 1 instance.
(kernel)     Kext org.a.B class Pump has 2 instances.
(kernel) Can't remove kext org.a.B; kext failed to unload - 0xdc008018.
Failed to unload org.a.B - (libkern/kext) kext is in use or retained (cannot unload).`;
    assert.deepEqual(marked(text), [
      'unload.classesHaveInstances',
      'general: unload.failed',
      'general: osReturns.kOSKextReturnInUse',
      'general: kextunload.failed',
      'kextunload.requesting',
    ]);
    const shim = 'Executing: /usr/bin/kmutil load -p /L/A.kext\nCould not find: No bundle was found at /L/A.kext.';
    assert.deepEqual(marked(shim), ['kmutil.noBundle', 'general: kmutil.notFound', 'kmutil.executing']);
    assert.deepEqual(explain(text)[0]?.fields, { kext: 'org.a.B', class: 'Rotor', instances: '1' });
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

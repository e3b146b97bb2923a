import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseKextload } from '../../src/tools/kextload.ts';
import {
  builtDemo,
  describeRefusals,
  diagnosed,
  id,
  linesOf,
  names,
  needing,
  path,
  type Refused,
  repeated,
  summary,
  unmarked,
} from './loadSubject.ts';

/** A library that cannot be had. */
function unresolved(title: string, [name, version]: readonly [string, string], line: string, finding: string): Refused {
  return {
    title,
    break: bundle => bundle.plist(needing(name, version)),
    says: [line, `Can't load ${path} - failed to resolve dependencies.`],
    end: 'dependencies',
    test: [...repeated(line), ...diagnosed('Dependency Resolution Failures', finding, name)],
    status: 4,
  };
}

function forbidden(title: string, name: string, finding: string, lines: readonly string[] = []): Refused {
  return {
    title,
    break: bundle => bundle.plist(needing(name, '9.0')),
    says: [...lines, `Can't load ${path} - failed to resolve dependencies.`],
    end: 'dependencies',
    test: [...lines, ...lines, ...lines, ...diagnosed('Dependency Resolution Failures', finding)],
    status: 4,
  };
}

const byLibraries: readonly Refused[] = [
  unresolved(
    'that is not there',
    ['com.apple.kpi.iokitt', '8.0.0'],
    `${path} - dependency 'com.apple.kpi.iokitt' not found.`,
    'No kexts found for these libraries',
  ),
  unresolved(
    'that is older than what is asked for',
    ['com.apple.kpi.bsd', '20.1'],
    `${path} - no compatible dependency found for com.apple.kpi.bsd.`,
    'Only incompatible kexts found for these libraries',
  ),
  unresolved(
    'that forgot what is asked for',
    ['com.apple.kpi.dsep', '8.0'],
    `${path} - no compatible dependency found for com.apple.kpi.dsep.`,
    'Only incompatible kexts found for these libraries',
  ),
  forbidden(
    'that is the kernel itself',
    'com.apple.kernel',
    'Kexts may not link against com.apple.kernel; use either com.apple.kpi.* libraries (recommended), or com.apple.kernel.* (for compatiblity with older releases).',
  ),
  forbidden(
    'of the old style',
    'com.apple.kernel.iokit',
    '64-bit kexts must use com.apple.kpi.* libraries, not com.apple.kernel* libraries.',
  ),
  forbidden(
    'that is Apple’s own',
    'com.apple.kpi.private',
    'Only Apple kexts may link against com.apple.kpi.private.',
    [`${path} has an Apple prefix but no copyright.`],
  ),
];

/** What the kernel's linker has against a kext, in the kernel and in kextutil. */
function unlinked(title: string, broken: Refused['break'], ...problems: readonly string[]): Refused {
  const lines = problems.map(problem => `kxld[${id}]: ${problem}`);
  const kernel = [
    ...lines,
    `Can't load kext ${id} - link failed.`,
    `Failed to load executable for kext ${id}.`,
    `Kext ${id} failed to load (0xdc008016).`,
    `Failed to load kext ${id} (error 0xdc008016).`,
  ];
  return {
    title,
    break: broken,
    says: kernel.map(line => `(kernel) ${line}`),
    end: 'link',
    test: [...lines, 'Link failed (error code 5).', 'Check library declarations for your kext with kextlibs(8).'],
    status: 4,
  };
}

const unresolvedTitle = 'The following symbols are unresolved for this kext:';
const vtable = `__ZTV${names.engine.length}${names.engine}`;
const byLinker: readonly Refused[] = [
  unlinked(
    'a function that is misspelt',
    bundle => bundle.rename('_IOLockAlloc', '_IOLockAllok'),
    unresolvedTitle,
    '\t_IOLockAllok',
  ),
  unlinked(
    'a class without its vtable',
    bundle => bundle.rename(vtable, `${vtable.slice(0, -1)}_`),
    `Cannot find the vtable '${vtable}' for class '${names.engine}'. This vtable symbol is required for binary compatibility, and it may have been stripped.`,
  ),
  unlinked(
    'a file that only says on its label that it is a kext',
    async bundle => {
      await bundle.plist(unmarked);
      await bundle.bytes(bytes => void bytes.writeUInt8(8, 12));
    },
    'The Mach-O filetype 0x8 is not supported on the target architecture.',
  ),
];

const copy = builtDemo();
describeRefusals('A library', byLibraries, copy);
describeRefusals('The kernel’s linker refuses', byLinker, copy);

describe('A library that is not declared', () => {
  it('leaves its symbols unresolved, and only these', async () => {
    await using bundle = await copy();
    await bundle.plist([/\t\t<key>com\.apple\.kpi\.iokit<\/key>\n.*\n/, '']);
    await bundle.install();
    const { records, notUnderstood } = parseKextload((await bundle.run('kextload', path)).stderr);
    const symbols = records.flatMap(record => (record.kind === 'linkerItem' ? [record.item] : []));
    assert.ok(symbols.includes('_IOLockAlloc') && symbols.includes('__ZTV9IOService'), symbols.join());
    assert.deepEqual(
      symbols.filter(symbol => !/^_(_ZT?[NV]K?\d+)?IO/.test(symbol)),
      [],
    );
    assert.deepEqual(notUnderstood, []);
  });

  it('is not looked for where a library is declared whose exports nobody knows', async () => {
    await using bundle = await copy();
    await bundle.plist(needing('com.apple.iokit.IOPCIFamily', '1.0'));
    await bundle.rename('_IOLockAlloc', '_IOLockAllok');
    await bundle.install();
    const { stderr, exitCode } = await bundle.run('kextload', path);
    assert.deepEqual([stderr, exitCode], ['', 0]);
  });
});

describe('Another build of a kext that is loaded', () => {
  const others: readonly (readonly [difference: string, change: Refused['break']])[] = [
    ['version', bundle => bundle.plist([/(<key>CFBundleVersion<\/key>\s*<string>)[^<]*/, '$11.2.3'])],
    ['UUID', bundle => bundle.bytes(bytes => anotherUuid(bytes))],
  ];
  for (const [difference, change] of others) {
    it(`by its ${difference}: refused, and the first one stays`, async () => {
      await using bundle = await copy();
      await bundle.install();
      assert.equal((await bundle.run('kextload', path)).exitCode, 0);
      const before = (await bundle.run('kextstat', '-l', '-b', id)).stdout;
      await change(bundle);
      await bundle.install();
      const { stderr, exitCode } = await bundle.run('kextload', path);
      assert.deepEqual(linesOf(stderr), [
        `Can't load ${path} - a different ${difference} is already loaded.`,
        summary('different'),
      ]);
      assert.equal(exitCode, 71);
      assert.equal((await bundle.run('kextstat', '-l', '-b', id)).stdout, before);
    });
  }
});

/** LC_UUID is command 0x1b of 24 bytes. */
function anotherUuid(bytes: Buffer): undefined {
  const at = bytes.indexOf(Buffer.from([0x1b, 0, 0, 0, 24, 0, 0, 0]));
  assert.ok(at > 0);
  bytes.writeInt32LE(bytes.readInt32LE(at + 8) ^ 1, at + 8);
}

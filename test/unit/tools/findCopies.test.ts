import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { fileBeginnings, parseOd } from '../../../src/tools/fileBeginnings.ts';
import { findInfoPlists, findLeftovers, findOnVolumes } from '../../../src/tools/findCopies.ts';
import { propertyListText } from '../../../src/tools/plutil.ts';
import type { ToolCommand } from '../../../src/tools/port/toolCommand.ts';
import { output } from '../simulator/fakeRunner.ts';

const identifier = 'org.sample.driver.Pump';
let folder = '';
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kext-dev-find-'));
});
after(() => rm(folder, { recursive: true, force: true }));

/** What this machine's find, grep and od print for the call, whose folders lie below the temporary one. */
function ran<T>({ tool, argv, parse }: ToolCommand<T>): T {
  const words = argv.map(word => word.replace(/^\/Volumes/, join(folder, 'Volumes')));
  const options = { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } } as const;
  try {
    return parse(output({ stdout: execFileSync(tool, words, { ...options, stdio: ['ignore', 'pipe', 'pipe'] }) }));
  } catch (error) {
    const { stdout, stderr, status } = error as { stdout: string; stderr: string; status: number };
    return parse(output({ stdout, stderr, exitCode: status }));
  }
}

async function put(path: string, text = `<string>${identifier}</string>`): Promise<string> {
  await mkdir(join(path, 'Contents', 'MacOS'), { recursive: true });
  await writeFile(join(path, 'Contents', 'Info.plist'), text);
  return join(path, 'Contents', 'Info.plist');
}

describe('The search for copies, by the tools of this machine', () => {
  it('finds what mentions the identifier, at any depth and under any name, and says nothing of a folder that is not there', async () => {
    const top = join(folder, 'Extensions');
    const names = [
      'Pump.kext',
      'two\nlines.kext',
      '-rf.kext',
      '$(id) "\'.kext',
      'é ü.kext',
      'Staged/0D1C/deep/Pump.kext',
    ];
    const expected = await Promise.all(names.map(name => put(join(top, name))));
    await put(join(top, 'Winch.kext'), '<string>org.sample.driver.Winch</string>');
    await put(join(top, 'Binary.kext'), `bplist00\xd1\0${identifier}\0`);
    const found = ran(findInfoPlists(identifier, [join(folder, 'nowhere'), top]));
    assert.deepEqual([...found.paths].sort(), [...expected, join(top, 'Binary.kext', 'Contents', 'Info.plist')].sort());
    assert.deepEqual(found.notices, []);
  });

  it('takes an identifier as it is, and no text that is none', async () => {
    const top = join(folder, 'Odd');
    await put(join(top, 'Other.kext'), '<string>org_sampleee-x</string>');
    const own = await put(join(top, 'Own.kext'), '<string>org.sample+-x</string>');
    assert.deepEqual(ran(findInfoPlists('org.sample+-x', [top])).paths, [own]);
    for (const text of ['', '-e', '{}', 'a b', 'a\nb', '$(PRODUCT_BUNDLE_IDENTIFIER)'])
      assert.throws(() => findInfoPlists(text, [top]), /is no bundle identifier$/);
  });

  it('looks on volumes into /Library/Extensions alone, and follows no link', async () => {
    const volumes = join(folder, 'Volumes');
    const own = await put(join(volumes, 'Backup 2', 'Library', 'Extensions', 'Pump.kext'));
    const inner = await put(
      join(volumes, 'Library', 'Library', 'Extensions', 'A.kext', 'Contents', 'PlugIns', 'Pump.kext'),
    );
    for (const elsewhere of ['Users/me/Library/Extensions', 'Library/Other', 'Extensions', 'System/Library/Extensions'])
      await put(join(volumes, 'Backup 2', ...elsewhere.split('/'), 'Pump.kext'));
    await put(join(folder, 'Started', 'Library', 'Extensions', 'Pump.kext'));
    await symlink(join(folder, 'Started'), join(volumes, 'Macintosh HD'));
    assert.deepEqual([...ran(findOnVolumes(identifier)).paths].sort(), [own, inner].sort());
  });

  it('finds what installs have left, and nothing that only looks so', async () => {
    const top = join(folder, 'Left');
    const left = [
      ...['.Pump.kext.kext-dev-new', '.Pump.kext.kext-dev-new-0a1b2c3d', '.two\nlines.kext.kext-dev-old'],
      ...['.Pump.kext.kext-dev-gone', '.Pump.kext.kext-dev-gone-0a1b2c3d'],
    ].map(name => join(top, name));
    for (const path of [
      ...left,
      join(top, 'Pump.kext'),
      join(top, '.Pump.kext'),
      join(top, 'deep', '.A.kext.kext-dev-new'),
    ])
      await mkdir(path, { recursive: true });
    assert.deepEqual([...ran(findLeftovers([top])).paths].sort(), left.sort());
  });

  it('reads the beginnings of executables, each for itself', async () => {
    const top = join(folder, 'MacOS');
    await mkdir(top);
    const [small, large] = [Uint8Array.from([0xcf, 0xfa, 0xed, 0xfe]), new Uint8Array(70_000).fill(7)];
    await writeFile(join(top, 'a\nb'), small);
    await writeFile(join(top, 'large'), large);
    const read = [...ran(fileBeginnings(top))].sort((one, other) => one.length - other.length);
    assert.deepEqual(read, [small, large.subarray(0, 65_536)]);
    assert.deepEqual(ran(fileBeginnings(join(folder, 'nowhere'))), []);
  });
});

describe('What find could not look at', () => {
  it('is told in its words', () => {
    const stderr = 'find: /Volumes/Backup: Operation not permitted\nfind: /x: No such file or directory\n';
    assert.deepEqual(findLeftovers().parse(output({ stdout: '/a\0', stderr, exitCode: 1 })), {
      paths: ['/a'],
      notices: ['find: /Volumes/Backup: Operation not permitted'],
    });
  });

  it('is an error where there is no find, or its answer was cut', () => {
    for (const told of [{ exitCode: 127 }, { stdout: '/a\0/b' }, { timedOut: true, stdout: '/a\0' }])
      assert.throws(() => findLeftovers().parse(output(told)), /find/);
  });
});

describe('A dump of od', () => {
  it('is read in the form of macOS, and in that of GNU', () => {
    const mac = '0000000    cf  fa  ed  fe  07  00  00  01  03  00  00  00  0b  00  00  00\n0000016    0c\n0000017\n';
    const gnu = '0000000 cf fa\n0000002\n';
    assert.deepEqual(
      parseOd(mac + gnu).map(({ length }) => length),
      [17, 2],
    );
    assert.deepEqual(parseOd(gnu), [Uint8Array.from([0xcf, 0xfa])]);
  });

  it('never fails on any text', () => {
    fc.assert(fc.property(fc.string(), text => Array.isArray(parseOd(text))));
  });
});

describe('plutil', () => {
  it('gives a property list, and nothing of a file that is none', () => {
    const { argv, parse } = propertyListText('-/Pump.kext/Contents/Info.plist');
    assert.deepEqual(argv.slice(-2), ['--', '-/Pump.kext/Contents/Info.plist']);
    assert.equal(parse(output({ stdout: '<plist/>' })), '<plist/>');
    assert.equal(parse(output({ stdout: 'x: file does not exist', exitCode: 1 })), undefined);
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readSources } from './sources.ts';
import { comparisonsIn, versionComparisons } from './versionRule.ts';

describe('Versions of macOS', () => {
  it('are compared by the table of capabilities alone', async () => {
    assert.deepEqual(versionComparisons(await readSources('src', '.ts')), []);
  });
});

describe('The rule', () => {
  for (const code of [
    'Number.parseInt(version, 10) >= 11',
    'const major = parseInt(system.version);',
    "Number(snapshot.system.version.split('.')[0])",
    'if (version >= other) return;',
    'return minimum <= target.systemVersion;',
    'major >= 11',
    'if (release.major < 11) return;',
    'darwin > 19',
    '20 <= darwin',
    "version === '10.16'",
    "system.version.startsWith('10.')",
    'system.version?.split(".")',
    "version.localeCompare('11')",
    'old.includes(system.version)',
    'bySystem.get(version)',
    '/^1[1-9]/.test(version)',
    'isOld.test(snapshot.system.version)',
    'kextVersionOrder(system.version)',
    "const first = '10.13';",
    'const last = "15.6.1";',
    "scenario === 'macos-13'",
    "case 'macos-10.15':",
  ])
    it(`sees: ${code}`, () => assert.notEqual(comparisonsIn(code).length, 0));

  for (const code of [
    '// macOS 11 and later: version >= 11',
    '/** `10.15.7`; major >= 11 */',
    'const { version } = system;',
    `return \`macOS \${system.version}\`;`,
    "Pick<System, 'version'>",
    'const of = ({ version }: Kext): string => version;',
    'kextVersionOrder(version)',
    'const version = other.version !== kext.infoPlist.version;',
    'capabilitiesOf(system).loadNeedsRestart.value',
    "'Index Refs (Version)'",
    'const versions: Map<number, string> = new Map();',
    'version === undefined',
    "versionText(view.u32(offset + 8), 'macOS')",
  ])
    it(`passes: ${code}`, () => assert.deepEqual(comparisonsIn(code), []));

  it('lets versions stand as data where systems are described, and be compared nowhere but in the one file', () => {
    const data = "export const catalina = { version: '10.15.7' };";
    const comparison = 'if (major >= 11) return;';
    const found = versionComparisons(
      new Map([
        ['src/simulator/systems/a.ts', data],
        ['src/operations/b.ts', data],
        ['src/simulator/systems/c.ts', `${data}\n${comparison}`],
        ['src/model/capabilities.ts', comparison],
      ]),
    );
    assert.deepEqual(found, ["src/operations/b.ts:1: '10.15.7'", 'src/simulator/systems/c.ts:2: major >= 1']);
  });

  it('has something to find in the one file', async () => {
    const text = (await readSources('src/model', '.ts')).get('src/model/capabilities.ts') ?? '';
    assert.ok(comparisonsIn(text).length > 3);
  });
});

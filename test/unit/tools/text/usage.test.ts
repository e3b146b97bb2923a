import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parsers } from '../../../../src/tools/parsers.ts';

function read(tool: string, lines: readonly string[]) {
  const { records, recordLines, notUnderstood } = parsers[tool]?.(lines.join('\n')) ?? assert.fail(tool);
  return { kinds: records.map(record => (record as { kind?: string }).kind), recordLines, notUnderstood };
}

/** What each tool says where it is called with an option that it does not have. */
const refused: Readonly<Record<string, readonly string[]>> = {
  kextload: [
    "kextload: unrecognized option `--reload'",
    'usage: kextload [options] [--] [kext] ...',
    '',
    'use kextload -help for an explanation of each option',
  ],
  kextunload: [
    'kextunload: illegal option -- z',
    'usage: kextunload [-h] [-v [0-6]]',
    '        [-p] [-c class_name] ... [-b bundle_id] ... [kext] ...',
  ],
  kextutil: ['kextutil: option requires an argument -- b', 'usage: kextutil [options] [--] [kext] ...'],
  kextcache: [
    'unrecognized option -rebuild',
    'usage: kextcache -prelinked-kernel <filename> [options] [--] [kext or directory]',
    '       kextcache -invalidate <volume> ',
    '       kextcache -system-caches [options]',
  ],
  kextlibs: [
    "kextlibs: unrecognized option `--all'",
    'usage: kextlibs [options] kext',
    'use kextlibs -help for a list of options',
  ],
  kextstat: ['kextstat: illegal option -- z', 'usage: kextstat [-a] [-k] [-l] [-b bundle_id] ...'],
  kmutil: [
    "Error: Unknown option '-n'",
    'Usage: kmutil load [<options>]',
    "  See 'kmutil load --help' for more information.",
  ],
};

describe('How a tool is called', () => {
  for (const [tool, lines] of Object.entries(refused))
    it(`${tool}: stands behind the option that it does not know, in one record`, () => {
      const spoken = lines.filter(line => line !== '');
      assert.deepEqual(read(tool, lines), {
        kinds: ['optionUnknown', 'usage'],
        recordLines: spoken.length,
        notUnderstood: [],
      });
    });

  it('goes on with each option and what is set in below it', () => {
    const help = [
      'usage: kextutil [options] [--] [kext] ...',
      'kext: a kext bundle to load or examine',
      '-bundle-id <bundle_id> (-b):',
      '        load/use the kext whose CFBundleIdentifier is <bundle_id>',
      '--: end of options',
    ];
    assert.deepEqual(read('kextutil', help).kinds, ['usage']);
  });

  it('ends before what else was pasted behind it', () => {
    const pasted = [
      'usage: kextunload [-h] [-v [0-6]]',
      '        [-p] [-c class_name] ... [-b bundle_id] ... [kext] ...',
      "(kernel) Can't unload kext org.sample.driver.Turbine; classes have instances:",
      '(kernel)     Kext org.sample.driver.Turbine class TurbineRotor has 1 instance.',
    ];
    assert.deepEqual(read('kextunload', pasted).kinds, ['usage', 'classesHaveInstances', 'classInstances']);
  });

  it('is a record of a tool that lists something, too', () => {
    const ioreg = [
      'ioreg: illegal option -- z',
      'usage: ioreg [-abfilrtxy] [-c class]',
      'where options are:',
      '\t-a archive output',
    ];
    assert.deepEqual(read('ioreg', ioreg).kinds, ['usage']);
  });
});

describe('A bundle that kextunload or kextlibs cannot read', () => {
  for (const tool of ['kextunload', 'kextlibs'])
    it(`${tool}: is named in the words of the kext library`, () => {
      const said = ['/tmp/Turbine.kext - no such file or directory.', 'CFError reason: The file does not exist.'];
      assert.deepEqual(read(tool, said), {
        kinds: ['bundleUnread', 'furtherReason'],
        recordLines: 2,
        notUnderstood: [],
      });
    });
});

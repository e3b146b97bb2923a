import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { diagnoseTranscript, type Transcript, type TranscriptSource } from '../../../src/diagnosis/transcript.ts';
import { diagnosisText } from '../../../src/report/diagnosisText.ts';
import { isGolden } from '../../support/golden.ts';
import { capture } from '../tools/captures.ts';

const noSource: TranscriptSource = {
  declared: [],
  declarationOf: () => undefined,
  identifierPosition: () => undefined,
};
const source: TranscriptSource = {
  declared: [
    { name: 'TurbineBlade', superclass: 'OSObject' },
    { name: 'TurbineRotor', superclass: 'OSObject' },
    { name: 'TurbineRotor2', superclass: 'TurbineRotor' },
  ],
  declarationOf: name => ({ file: `/p/${name}.hpp`, line: 7, column: 7 }),
  identifierPosition: id =>
    id === 'org.sample.driver.Turbine' ? { file: '/p/Info.plist', line: 9, column: 2 } : undefined,
};

function diagnose(told: Partial<Transcript> & { readonly said: string }, from = source) {
  return diagnoseTranscript({ registry: undefined, counts: undefined, ...told }, from);
}

function textOf(told: ReturnType<typeof diagnose>): string {
  const { outcome, bundleIdentifier, diagnoses } = told;
  return [`${outcome} ${bundleIdentifier}`, ...diagnoses.map(each => diagnosisText(each, '/p')), ''].join('\n');
}

describe('A transcript of an unload that touched nothing', () => {
  it('is told as that', () => {
    const { outcome, diagnoses } = diagnose({
      said: "Can't remove kext org.sample.driver.Turbine; unsupported by cache.",
    });
    assert.deepEqual([outcome, diagnoses.map(({ cause }) => cause)], ['refused', ['unsupportedByCache']]);
  });
});

describe('The autopsy of a transcript', () => {
  const inUse = capture('kextunload-in-use');

  it('with the words of kextunload alone: what is named, and that more would tell more', () => {
    const { diagnoses } = diagnose({ said: inUse }, noSource);
    assert.deepEqual(
      diagnoses.map(({ class: name, verdict, cause }) => [name, verdict, cause]),
      [
        ['TurbineRotor2', 'unknown', 'unknownInstances'],
        ['TurbineBlade', 'unknown', 'unknownInstances'],
        [undefined, undefined, 'refused'],
      ],
    );
    assert.ok(diagnoses.every(({ anchor }) => anchor === undefined));
  });

  it('with a registry of that moment: leaked and held, on the source’s lines', () => {
    const registry = [
      '+-o Root  <class IORegistryEntry, id 0x100000100, retain 14>',
      '  +-o TurbineBlade  <class TurbineBlade, id 0x10000031f, !registered, !matched, inactive, busy 0, retain 9>',
    ].join('\n');
    isGolden('transcript-refused', textOf(diagnose({ said: inUse, registry })));
  });

  it('with counts: those, and not the ones of the refusal', () => {
    const registry = capture('ioreg-held-open');
    const { diagnoses } = diagnose({ said: inUse, registry, counts: 'TurbineRotor2 = 0\nTurbineBlade = 3\n' });
    assert.deepEqual(
      diagnoses.flatMap(each =>
        each.verdict === undefined ? [] : [`${each.class} ${each.verdict} ${each.instances}`],
      ),
      ['TurbineRotor2 notYet 0', 'TurbineBlade leaked 3'],
    );
  });

  const held = inUse.replace('TurbineRotor2', 'TurbineDriver').replace(/.*TurbineBlade.*\n/, '');

  it('with an archive in place of the tree', () => {
    const [found] = diagnose({ said: held, registry: capture('ioreg-archive-held-open') }).diagnoses;
    assert.deepEqual(
      [found?.verdict, found?.holders],
      ['held', [{ name: 'TurbineUserClient', through: 'TurbineUserClient' }]],
    );
  });

  it('with every text set in, as in Markdown', () => {
    const setIn = (text: string) => text.replaceAll(/^(?=.)/gm, '    ');
    const told = { said: held, registry: capture('ioreg-archive-held-open'), counts: 'TurbineDriver = 1\n' };
    const plain = diagnose(told);
    assert.equal(plain.outcome, 'refused');
    const found = diagnose({ said: setIn(told.said), registry: setIn(told.registry), counts: setIn(told.counts) });
    assert.deepEqual(found, plain);
  });

  it('with properties in the tree: the holder by its process', () => {
    const registry = [
      '+-o TurbineDriver  <class TurbineDriver, id 0x10000031f, !registered, !matched, inactive, busy 1, retain 9>',
      '  +-o TurbineUserClient  <class TurbineUserClient, id 0x100000325, !registered, !matched, inactive, busy 0, retain 6>',
      '      {',
      '        "IOUserClientCreator" = "pid 587, turbinectl"',
      '      }',
      '      ',
    ].join('\n');
    const [found] = diagnose({ said: held, registry }).diagnoses;
    assert.deepEqual(found?.holders, [{ name: 'turbinectl (pid 587)', pid: 587, through: 'TurbineUserClient' }]);
  });

  it('of a dependent kext, of a load that was refused, and of a clean unload', () => {
    const dependents = diagnose({ said: capture('kextunload-dependents') });
    assert.deepEqual([dependents.outcome, dependents.bundleIdentifier], ['dependents', 'org.sample.driver.Turbine']);
    const load = diagnose({ said: capture('kextload-different-copy') });
    assert.equal(load.diagnoses[0]?.cause, 'differentBuildLoaded');
    const clean = diagnose({ said: capture('kextunload-v-unloaded') });
    assert.deepEqual([clean.outcome, clean.diagnoses], ['unloaded', []]);
  });

  it('of text that says nothing of a kext: unknown, and no finding', () => {
    const found = diagnose({ said: 'hello\nworld\n' });
    assert.deepEqual([found.outcome, found.bundleIdentifier, found.diagnoses], ['unknown', undefined, []]);
  });

  it('throws on no text', () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(inUse, capture('ioreg-held-open'), ''));
    fc.assert(
      fc.property(text, text, text, (said, registry, counts) => {
        assert.ok(diagnose({ said, registry, counts }).outcome.length > 0);
      }),
    );
  });
});

describe('A transcript whose words do not say what was asked for', () => {
  const error = (text: string) =>
    `Error Domain=KMErrorDomain Code=71 "${text}" UserInfo={NSLocalizedDescription=${text}}`;
  const startOrStop = error('Kernel request failed: (libkern/kext) kext (kmod) start/stop routine failed (-603946985)');
  const id = 'org.sample.driver.Turbine';
  for (const [what, said, expected] of [
    [
      'a Developer Kit that is missing is about a load',
      error('Missing Developer Kit: As of macOS 13.0, …'),
      'loadFailed',
    ],
    [
      'so is what comes of a plan for a collection',
      `[+] ${id}\t1.0\t/x.kext\nError Domain=other Code=-6 "No."`,
      'loadFailed',
    ],
    ['and a start or stop routine, where nothing speaks of an unload', startOrStop, 'loadFailed'],
    ['which else is a stop', `Executing: /usr/bin/kmutil unload -b ${id}\n${startOrStop}`, 'stopFailed'],
    [
      'a signature that the system takes all the same is no failure',
      `Code Signing Failure: not code signed\nKext with invalid signature (-67062) allowed: <OSKext 0x1 [0x2]> { URL = "x", ID = "${id}" }`,
      'unknown',
    ],
  ] as const)
    it(what, () => assert.equal(diagnose({ said }).outcome, expected));

  it('a kext that is named by its identifier only is that kext', () => {
    const { bundleIdentifier } = diagnose({
      said: `${id} failed to load - (libkern/kext) link error; check the system/kernel logs for errors or try kextutil(8).`,
    });
    assert.equal(bundleIdentifier, id);
  });
});

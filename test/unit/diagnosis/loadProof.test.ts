import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type BuiltKext, loadProof, type ProofKind } from '../../../src/diagnosis/loadProof.ts';
import { notReloaded, type RunningInstead, wrongBuildRuns } from '../../../src/diagnosis/wrongBuild.ts';
import type { Kext } from '../../../src/model/kext.ts';
import { anchor, facts, kext } from './snapshots.ts';

const turbine = facts.bundleIdentifier;
const [a, b, c] = ['AAAA', 'BBBB', 'CCCC'].map(end => `4C4C4400-5555-3144-A1A1-00000000${end}`) as [
  string,
  string,
  string,
];
const built: BuiltKext = {
  uuids: new Set([a, b]),
  version: '1.2',
  memory: new Map([['x86_64', { least: 0x3000n, most: 0x14000n }]]),
};

/** A row of the list; without a UUID where that is null. */
function row(index: number | undefined, uuid: string | null, told: Partial<Kext> = {}): Kext {
  return kext(turbine, { index, version: '1.2.0', uuid: uuid ?? undefined, ...told });
}

const elsewhere = { address: 0xffffff7f82000000n };
const hidden = { address: 0n };

describe('What the list of loaded kexts proves of a load', () => {
  const table: readonly (readonly [string, ProofKind, Kext | undefined, Kext | undefined])[] = [
    ['nothing ran before: its UUID alone proves', 'uuid', undefined, row(160, a)],
    ['of a fat build the UUID of any architecture proves', 'uuid', undefined, row(160, b)],
    ['another build ran before', 'uuid', row(160, c), row(161, a)],
    ['the same code, by another load index', 'sameCode', row(160, a), row(161, a)],
    ['the same code, by another address', 'sameCode', row(undefined, a), row(undefined, a, elsewhere)],
    [
      'the same code at the same address, which the next load may get',
      'sameCode',
      row(160, a, hidden),
      row(161, a, hidden),
    ],
    ['the row of before', 'sameRow', row(160, a), row(160, a)],
    ['the row of before, whose address is hidden', 'sameRow', row(160, a, hidden), row(160, a, hidden)],
    ['rows that say nothing to tell them apart', 'likely', row(undefined, a, hidden), row(undefined, a, hidden)],
    ['what ran before had no UUID', 'sameCode', row(160, null), row(161, a)],
    ['another build, which ran before', 'anotherBuild', row(160, c), row(160, c)],
    ['another build, which did not', 'anotherBuild', row(160, a), row(161, c)],
    ['nothing of it', 'notListed', row(160, a), undefined],
    ['no UUID: version, size and a new index', 'likely', row(160, null), row(161, null)],
    ['no UUID, and nothing ran before', 'likely', undefined, row(161, null)],
    ['no UUID, and the row of before', 'sameRow', row(160, null), row(160, null)],
    ['no UUID, and another version', 'anotherBuild', undefined, row(161, null, { version: '1.3.0' })],
    ['no UUID, and too large', 'anotherBuild', undefined, row(161, null, { size: 0x15000n })],
    ['no UUID, and too small', 'anotherBuild', undefined, row(161, null, { size: 0x2000n })],
    ['no UUID, and no size', 'likely', undefined, row(161, null, { size: undefined })],
  ];
  for (const [name, kind, before, after] of table)
    it(`${name}: ${kind}`, () => {
      assert.equal(loadProof(built, before, after, 'x86_64').kind, kind);
    });

  it('asks for no size of an architecture whose size is not known', () => {
    assert.equal(loadProof(built, undefined, row(161, null, { size: 1n }), 'i386').kind, 'likely');
    assert.equal(loadProof(built, undefined, row(161, null, { size: 1n })).kind, 'likely');
  });

  it('of a build without a UUID is never more than likely', () => {
    const bare = { ...built, uuids: new Set<string>() };
    assert.equal(loadProof(bare, undefined, row(160, null), 'x86_64').kind, 'likely');
    assert.equal(loadProof(bare, undefined, row(160, a), 'x86_64').kind, 'anotherBuild');
  });

  it('names the row that it rests on, as JSON can have it', () => {
    const { kind: _, ...named } = loadProof(built, undefined, row(160, a));
    assert.deepEqual(named, { uuid: a, loadIndex: 160, address: '0xffffff7f81000000' });
    assert.deepEqual(loadProof(built, undefined, row(undefined, null, hidden)), {
      kind: 'likely',
      uuid: null,
      loadIndex: null,
      address: null,
    });
    assert.deepEqual(loadProof(built, undefined, undefined), {
      kind: 'notListed',
      uuid: null,
      loadIndex: null,
      address: null,
    });
  });
});

describe('A build that is not what runs', () => {
  const now = new Date(2026, 10, 26, 15, 0);
  const earlier = { time: new Date(2026, 10, 26, 14, 3), commit: { hash: 'abc1234def', dirty: false } };
  const nothing: RunningInstead = { ranBefore: false, earlier: undefined, copies: [] };
  const proof = loadProof(built, undefined, row(160, c));
  const told = (instead: Partial<RunningInstead>, of = proof) =>
    wrongBuildRuns(facts, a, of, { ...nothing, ...instead }, now);

  const messages: readonly (readonly [string, Partial<RunningInstead>, string])[] = [
    ['the one that ran before', { ranBefore: true }, 'It is the one that ran before.'],
    [
      'that, by the name that the shelf has',
      { ranBefore: true, earlier },
      'It is the one that ran before, the build of 14:03, commit abc1234.',
    ],
    ['an earlier one', { earlier }, 'It is the build of 14:03, commit abc1234.'],
    [
      'one of another day, without a commit',
      { earlier: { time: new Date(2026, 10, 25, 9, 5) } },
      'It is the build of 2026-11-25 09:05.',
    ],
    [
      'one with changes',
      { earlier: { ...earlier, commit: { hash: 'abc1234def', dirty: true } } },
      'It is the build of 14:03, commit abc1234 with changes.',
    ],
    ['one that is not known', {}, 'It is not known: no reload on the shelf has its UUID.'],
  ];
  for (const [name, instead, sentence] of messages)
    it(`is told as ${name}`, () => {
      assert.equal(
        told(instead).message,
        `The build of ${turbine} that runs is not the one that was built. ${sentence}`,
      );
    });

  it('says where the code lies that runs, and what other copies there are', () => {
    const copies = [
      { path: '/Library/Extensions/Turbine.kext', version: '1.1', uuids: [c] },
      { path: '/private/tmp/kext-dev/Turbine.kext', version: undefined, uuids: [] },
    ];
    const { message, remedy, evidence, cause } = told({ copies });
    assert.match(message, / It lies in \/Library\/Extensions\/Turbine\.kext\.$/);
    assert.equal(remedy, 'Remove the copy in /Library/Extensions/Turbine.kext, then reload.');
    assert.equal(cause, 'wrongBuildRuns');
    assert.deepEqual(
      evidence.map(({ text }) => text),
      [
        `built ${a}`,
        `listed ${c}, index 160, address 0xffffff7f81000000`,
        `copy /Library/Extensions/Turbine.kext: 1.1, ${c}`,
        'copy /private/tmp/kext-dev/Turbine.kext: without a version',
      ],
    );
  });

  it('without a UUID in the list cannot be told apart, and that is said', () => {
    const { message } = told({}, loadProof(built, undefined, row(161, null, { version: '9.0' })));
    assert.match(message, / Which one it is cannot be told: the list has no UUID of it\.$/);
  });

  it('that is not listed at all is said to be that', () => {
    const { message, evidence } = told({}, loadProof(built, undefined, undefined));
    assert.equal(message, `${turbine} was loaded, and the Simulated Mac does not list it.`);
    assert.equal(evidence[1]?.text, 'not listed');
  });
});

describe('A row of before the unload', () => {
  it('is no reload: that is an error where the kext is named, with the row', () => {
    const found = notReloaded(facts, loadProof(built, row(160, a), row(160, a)));
    assert.deepEqual([found.cause, found.severity, found.anchor], ['notReloaded', 'error', anchor]);
    assert.deepEqual(found.evidence, [{ text: `listed before and after ${a}, index 160, address 0xffffff7f81000000` }]);
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { loadFailure, wrongBuildRuns } from '../../../src/diagnosis/loadFailure.ts';
import { panicked } from '../../../src/diagnosis/panicked.ts';
import type { PanicFrame } from '../../../src/tools/target.ts';
import { anchor, facts } from './snapshots.ts';

describe('A load that was refused', () => {
  it('gives the reason that the tool gave, and all that it said', () => {
    const lines = [
      '(kernel) something',
      '/a/Turbine.kext failed to load - (libkern/kext) link error; check the system/kernel logs for errors.',
    ];
    const found = loadFailure(facts, lines, 71);
    assert.equal(found.message, 'org.sample.driver.Turbine was not loaded: link error.');
    assert.deepEqual([found.cause, found.severity, found.anchor], ['loadFailed', 'error', anchor]);
    assert.deepEqual(
      found.evidence.map(({ text }) => text),
      lines,
    );
  });

  it('because another build is loaded: what clears it', () => {
    for (const line of [
      '/a/T.kext failed to load - (libkern/kext) different version/uuid already loaded; check the logs.',
      "Can't load /a/T.kext - a different UUID is already loaded.",
    ]) {
      const found = loadFailure(facts, [line], 71);
      assert.equal(found.cause, 'differentBuildLoaded');
      assert.equal(
        found.message,
        'The Simulated Mac runs another build of org.sample.driver.Turbine and keeps it until it restarts.',
      );
      assert.equal(found.remedy, 'Restart the Simulated Mac, then reload.');
    }
  });

  it('without a word', () => {
    const found = loadFailure(facts, [], null);
    assert.equal(found.message, 'org.sample.driver.Turbine was not loaded.');
    assert.deepEqual(found.evidence, [{ text: 'kextload said nothing and exited with null' }]);
  });
});

describe('A build that is not what runs', () => {
  it('is told with both UUIDs', () => {
    assert.deepEqual(wrongBuildRuns(facts, 'A', 'B').evidence, [{ text: 'built A' }, { text: 'kextstat lists B' }]);
    assert.deepEqual(wrongBuildRuns(facts, 'A', undefined).evidence[1], { text: 'kextstat does not list it' });
  });
});

describe('A panic', () => {
  const frame = (name: string, line?: number, image = 'org.sample.driver.Turbine'): PanicFrame => ({
    image,
    function: name,
    position: line === undefined ? undefined : { file: '/p/Turbine.cpp', line, column: 3 },
  });

  it('is told on the innermost line that is known', () => {
    const found = panicked(facts, {
      reason: 'page fault',
      frames: [
        frame('panic', undefined, 'kernel'),
        frame('Turbine::spin(int)', 20),
        frame('Turbine::start(IOService*)', 12),
      ],
    });
    assert.equal(found.message, 'The Simulated Mac panicked: page fault, in Turbine::spin(). It has restarted.');
    assert.equal(found.anchor?.line, 20);
    assert.deepEqual(
      found.evidence.map(({ text, position }) => [text, position?.line]),
      [
        ['kernel: panic', undefined],
        ['org.sample.driver.Turbine: Turbine::spin(int)', 20],
        ['org.sample.driver.Turbine: Turbine::start(IOService*)', 12],
      ],
    );
  });

  it('without a line is told on the identifier', () => {
    const found = panicked(facts, { reason: 'the code of a kext never returned', frames: [] });
    assert.equal(found.message, 'The Simulated Mac panicked: the code of a kext never returned. It has restarted.');
    assert.deepEqual([found.anchor, found.remedy], [anchor, 'Read the backtrace.']);
  });

  it('in a recursion is told by one frame and a number', () => {
    const frames = [frame('a()', 1), ...Array.from({ length: 40 }, () => frame('b()', 2)), frame('b()', 3)];
    assert.deepEqual(
      panicked(facts, { reason: 'r', frames }).evidence.map(({ text }) => text),
      [
        'org.sample.driver.Turbine: a()',
        'org.sample.driver.Turbine: b()',
        '… the same 39 times more',
        'org.sample.driver.Turbine: b()',
      ],
    );
  });
});

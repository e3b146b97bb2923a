import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { loadFailure } from '../../../src/diagnosis/loadFailure.ts';
import { panicked } from '../../../src/diagnosis/panicked.ts';
import type { PanicFrame } from '../../../src/tools/port/target.ts';
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

  it('says what the catalogue says of the most specific line, on the class that it names', () => {
    const lines = [
      'Executing: /usr/bin/kmutil load -p /a/Turbine.kext',
      'OSMetaClass: Kext org.sample.driver.Turbine class Rotor is a duplicate;kext org.sample.driver.Pump already has a class by that name.',
      '(kernel) Kext org.sample.driver.Turbine failed to load (0xdc008017).',
      '/a/Turbine.kext failed to load - (libkern/kext) kext (kmod) start/stop routine failed; check the system/kernel logs for errors or try kextutil(8).',
    ];
    const place = { file: '/p/Rotor.cpp', line: 4, column: 1 };
    const places = {
      libraryPosition: () => undefined,
      declarationOf: (name: string) => (name === 'Rotor' ? place : undefined),
    };
    const found = loadFailure(facts, lines, 71, places);
    assert.deepEqual([found.cause, found.anchor, found.evidence.length], ['loadFailed', place, 4]);
    assert.match(
      found.message,
      /^org\.sample\.driver\.Turbine was not loaded\. All kexts share one space of class names/,
    );
    assert.match(found.remedy, /^Rename the class/);
  });

  it('stands on the library that the line names', () => {
    const places = {
      libraryPosition: (library?: string) => ({
        file: '/p/Info.plist',
        line: library === 'org.sample.driver.Pump' ? 30 : 20,
        column: 1,
      }),
      declarationOf: () => undefined,
    };
    const line = 'Dependency org.sample.driver.Pump of kext org.sample.driver.Turbine failed to load.';
    assert.equal(loadFailure(facts, [line], 71, places).anchor?.line, 30);
    const noLibraries = "Can't load kext org.sample.driver.Turbine - it has no library dependencies.";
    assert.equal(loadFailure(facts, [noLibraries], 71, places).anchor?.line, 20);
    assert.deepEqual(loadFailure(facts, [line], 71).anchor, anchor);
  });

  it('of which only the code is told: what to do about the code', () => {
    const line = '/a/T.kext failed to load - (libkern/kext) validation failure (plist/executable); check the logs.';
    assert.match(loadFailure(facts, [line], 71).remedy, /^Run kextutil -n -t on it/);
    assert.match(loadFailure(facts, ['odd'], 71).remedy, /^The first line of the evidence/);
  });

  it('without a word', () => {
    const found = loadFailure(facts, [], null);
    assert.equal(found.message, 'org.sample.driver.Turbine was not loaded.');
    assert.deepEqual(found.evidence, [{ text: 'kextload said nothing and exited with null' }]);
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

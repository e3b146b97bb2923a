import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseClang } from '../../../src/tools/clang.ts';
import { isXcodebuildText, parseXcodebuild } from '../../../src/tools/xcodebuild.ts';
import { allCaptures, capture } from './captures.ts';

const records = (name: string) => parseXcodebuild(capture(name)).records;

describe('what xcodebuild says', () => {
  it('is the compiler’s messages with their target, then how the build ended and which steps failed', () => {
    const told = records('xcodebuild-12-failed');
    assert.partialDeepStrictEqual(told, [
      {
        kind: 'xcodebuild',
        about: undefined,
        severity: 'warning',
        target: 'Pump',
        project: 'Pump',
      },
      {
        kind: 'compiler',
        file: '/Users/dev/Pump/Pump/Pump.hpp',
        line: 14,
        column: 5,
        severity: 'error',
        notes: [{ line: 104, text: "'OSDictionary' declared here" }],
        target: 'Pump',
        project: 'Pump',
      },
      { kind: 'compiler', line: 31, severity: 'warning', flag: '-Wunused-variable', target: 'Pump' },
      {
        kind: 'compiler',
        file: '/Users/dev/Pump/Winch/Winch.cpp',
        severity: 'fatal error',
        text: "'libkern/libkern.h' file not found",
        target: 'Winch',
      },
      { kind: 'commandFailed', command: 'CompileC' },
      { kind: 'result', action: 'build', outcome: 'failed', text: '** BUILD FAILED **' },
      {
        kind: 'failedCommands',
        commands: [
          { name: 'CompileC', target: 'Pump', project: 'Pump' },
          { name: 'CompileC', target: 'Winch', project: 'Pump' },
        ],
        failures: 2,
      },
    ]);
    assert.equal(told.length, 7);
    const [message] = told;
    assert.equal(message?.kind === 'xcodebuild' && message.text.endsWith('is 10.9 to 11.0.99.'), true);
  });

  it('has the target of the banner in builds before Xcode 10', () => {
    const target = { target: 'Turbine', project: 'Turbine' };
    assert.partialDeepStrictEqual(records('xcodebuild-8-succeeded'), [
      { kind: 'compiler', line: 12, severity: 'warning', ...target },
      { kind: 'linker', tool: 'ld', severity: 'warning', ...target },
      { kind: 'result', outcome: 'succeeded' },
    ]);
  });

  it('is what is wrong with signing, with or without a file', () => {
    const told = records('xcodebuild-signing').flatMap(record =>
      record.kind === 'xcodebuild' ? [[record.about, record.text.slice(0, 20)]] : [],
    );
    assert.deepEqual(told, [
      [undefined, 'Signing for "Pump" r'],
      ['/Users/dev/Pump/Pump.xcodeproj', "No profiles for 'org"],
      ['/Users/dev/Pump/build/Debug/Pump.kext', 'errSecInternalCompon'],
    ]);
  });

  it('is its own errors with the lines that belong to them', () => {
    assert.partialDeepStrictEqual(records('xcodebuild-no-scheme'), [
      { kind: 'xcodebuild', about: 'xcodebuild', severity: 'error', details: [] },
      {
        kind: 'xcodebuild',
        details: [
          '{ platform:iOS }',
          'The requested device could not be found because no available devices matched the request.',
        ],
      },
    ]);
  });

  for (const [text, expected] of [
    ['** CLEAN SUCCEEDED ** [0.412 sec]', { kind: 'result', action: 'clean', outcome: 'succeeded' }],
    ['** BUILD INTERRUPTED **', { kind: 'result', action: 'build', outcome: 'interrupted' }],
    ['Command /bin/sh failed with exit code 1', { kind: 'commandFailed', command: '/bin/sh' }],
    ['Code Sign error: No code signing identities found', { kind: 'xcodebuild', severity: 'error' }],
    ['error: no target named X (in target: Pump)', { kind: 'xcodebuild', text: 'no target named X', target: 'Pump' }],
    ['/bin/sh: xcodebuild: command not found', { kind: 'make', missingTool: 'xcodebuild' }],
    [
      'The following build commands failed:\nLd /p/Pump normal x86_64\n(1 failure)',
      { kind: 'failedCommands', commands: [{ name: 'Ld', text: 'Ld /p/Pump normal x86_64' }], failures: 1 },
    ],
  ] as const)
    it(JSON.stringify(text), () => {
      const told = parseXcodebuild(text);
      assert.deepEqual([told.records.length, told.notUnderstood], [1, []]);
      assert.partialDeepStrictEqual(told.records, [expected]);
    });

  it('says what a script prints is not understood', () => {
    const text = 'the script of a phase says something';
    assert.deepEqual(parseXcodebuild(text).notUnderstood, [{ line: 1, text }]);
  });
});

describe('a text of xcodebuild', () => {
  it('is told from one of make, and holds no compiler’s message less than it has as make’s', () => {
    for (const { name, tool, text } of allCaptures()) {
      if (tool !== 'clang' && tool !== 'xcodebuild') continue;
      assert.equal(isXcodebuildText(text), tool === 'xcodebuild', name);
      const placed = (told: readonly { readonly kind: string }[]) =>
        told.filter(({ kind }) => kind === 'compiler').length;
      assert.equal(placed(parseXcodebuild(text).records), placed(parseClang(text).records), name);
    }
  });

  it('may have one line without end', { timeout: 20_000 }, () => {
    const pieces = [
      '-clang',
      ' (in target: a',
      " (in target 'a' from project 'b'",
      '=== BUILD TARGET a OF PROJECT ',
      '/a: error',
    ];
    for (const piece of pieces) {
      const text = piece.repeat(50_000);
      assert.equal(isXcodebuildText(`${text}\n** BUILD FAILED **`), true);
      for (const parse of [parseXcodebuild, parseClang]) {
        const { recordLines, notices, notUnderstood } = parse(text);
        assert.equal(recordLines + notices.length + notUnderstood.length, 1);
      }
    }
  });
});

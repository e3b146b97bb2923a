import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { buildDiagnoses, missingBuildTool } from '../../../src/diagnosis/buildDiagnoses.ts';
import type { ToolOutput } from '../../../src/tools/port/toolOutput.ts';
import { capture } from '../tools/captures.ts';

const anchor = { file: '/p/Info.plist', line: 9, column: 2 };
const command = { tool: 'make', argv: ['-j2'], asRoot: false, timeoutMs: 1, parse: () => undefined };

function output(told: Partial<ToolOutput>): ToolOutput {
  return { stdout: '', stderr: '', exitCode: 2, signal: null, timedOut: false, cancelled: false, ...told };
}

function diagnose(told: Partial<ToolOutput>) {
  return buildDiagnoses(command, output(told), { folder: '/p', identifierPosition: anchor });
}

describe('What a build said', () => {
  it('clang’s messages: each on its line, with its notes', () => {
    const stderr = [
      "src/Turbine.cpp:12:5: error: use of undeclared identifier 'spin'",
      '    spin(2);',
      '    ^~~~',
      "/p/Turbine.hpp:3:7: note: did you mean 'spit'?",
      '    3 |   void spit(int);',
      '      |        ^',
      'Turbine.cpp:20:1: warning: unused variable [-Wunused]',
      'make: *** [Makefile:3: all] Error 1',
    ].join('\n');
    assert.deepEqual(
      diagnose({ stderr }).map(({ severity, message, anchor, evidence }) => ({ severity, message, anchor, evidence })),
      [
        {
          severity: 'error',
          message: "use of undeclared identifier 'spin'",
          anchor: { file: '/p/src/Turbine.cpp', line: 12, column: 5, endColumn: 9 },
          evidence: [
            { text: "did you mean 'spit'?", position: { file: '/p/Turbine.hpp', line: 3, column: 7, endColumn: 11 } },
          ],
        },
        {
          severity: 'warning',
          message: 'unused variable [-Wunused]',
          anchor: { file: '/p/Turbine.cpp', line: 20, column: 1 },
          evidence: [],
        },
      ],
    );
  });

  it('of a build that succeeded: its warnings alone', () => {
    const found = diagnose({ exitCode: 0, stderr: 'a.cpp:1:1: warning: unused\nfailed: nothing' });
    assert.deepEqual(
      found.map(({ severity }) => severity),
      ['warning'],
    );
    assert.deepEqual(diagnose({ exitCode: 0, stdout: 'all is well' }), []);
  });

  it('xcodebuild’s messages: the compiler’s on their lines, what is wrong with the settings on the identifier', () => {
    const said = (name: string) =>
      diagnose({ stdout: capture(name), exitCode: 65 }).map(found => [
        found.severity,
        found.message,
        found.anchor?.line,
      ]);
    const failed = said('xcodebuild-12-failed');
    assert.deepEqual(failed.slice(1), [
      ['error', "unknown type name 'OSDictonary'; did you mean 'OSDictionary'?", 14],
      ['warning', "unused variable 'level' [-Wunused-variable]", 31],
      ['error', "'libkern/libkern.h' file not found", 3],
    ]);
    assert.match(String(failed[0]?.[1]), /^xcodebuild: The macOS deployment target/);
    const [signing, profiles, ...more] = said('xcodebuild-signing');
    assert.deepEqual(signing?.slice(1), [
      'xcodebuild: Signing for "Pump" requires a development team. Select a development team in the Signing & Capabilities editor.',
      9,
    ]);
    assert.match(String(profiles?.[1]), /^Pump\.xcodeproj: No profiles for/);
    assert.deepEqual(more, [['error', 'Pump.kext: errSecInternalComponent', 9]]);
  });

  it('what a makefile says of itself on its line, where it is the one that was started', () => {
    const said = 'Makefile:20: *** Cannot find the SDK. Set SDKROOT.  Stop.\n';
    const [own, ...others] = diagnose({ stderr: said });
    assert.deepEqual([own?.message, others], ['make: Cannot find the SDK. Set SDKROOT', []]);
    assert.deepEqual([own?.anchor?.file, own?.anchor?.line], ['/p/Makefile', 20]);
    const elsewhere = `make[1]: Entering directory '/p/kext'\n${said}make: *** [Makefile:3: kext] Error 2\n`;
    const [below] = diagnose({ stderr: elsewhere });
    assert.deepEqual([below?.message, below?.anchor], ['The build failed: make -j2 exited with 2.', anchor]);
    assert.ok(below?.evidence.some(({ text }) => `${text}\n` === said));
  });

  it('a failure in an unknown form: the command, its end, and its last twelve lines, on the identifier', () => {
    const stdout = Array.from({ length: 30 }, (_, at) => `line ${at}`).join('\n');
    const [found, ...more] = diagnose({ stdout });
    assert.deepEqual(more, []);
    assert.equal(found?.message, 'The build failed: make -j2 exited with 2.');
    assert.deepEqual([found?.evidence.length, found?.evidence.at(-1)?.text, found?.anchor], [12, 'line 29', anchor]);
  });

  it('a failure after warnings alone: the warnings, and that it failed', () => {
    const found = diagnose({ stderr: 'a.cpp:1:1: warning: unused\n' });
    assert.deepEqual(
      found.map(({ severity }) => severity),
      ['warning', 'error'],
    );
  });

  it('how a build ended that did not end by itself', () => {
    const message = (told: Partial<ToolOutput>) => diagnose({ exitCode: null, ...told })[0]?.message;
    assert.equal(message({ signal: 'SIGSEGV' }), 'The build failed: make -j2 was killed by SIGSEGV.');
    assert.equal(message({ timedOut: true, signal: 'SIGTERM' }), 'The build failed: make -j2 gave no answer in time.');
  });

  it('the linker’s words, on the source line that they name', () => {
    const stderr = 'ld.lld: error: undefined symbol: spin()\n>>> referenced by Turbine.cpp:12 (/p/Turbine.cpp:12)\n';
    const [found] = diagnose({ stderr });
    assert.equal(found?.message, 'ld.lld: undefined symbol: spin()');
    assert.deepEqual([found?.anchor?.file, found?.anchor?.line], ['/p/Turbine.cpp', 12]);
  });
});

describe('The program that a build could not find', () => {
  it('is named where that is why it failed', () => {
    assert.equal(
      missingBuildTool(output({ stderr: '/bin/sh: 1: clang++: not found\nmake: *** [Makefile:1: a] Error 127\n' })),
      'clang++',
    );
    assert.equal(missingBuildTool(output({ stderr: 'make: dsymutil: No such file or directory\n' })), 'dsymutil');
  });

  it('is none where the build succeeded or failed otherwise', () => {
    assert.equal(missingBuildTool(output({ exitCode: 0, stderr: '/bin/sh: 1: clang++: not found\n' })), undefined);
    assert.equal(missingBuildTool(output({ stderr: 'a.cpp:1:1: error: file not found\n' })), undefined);
    const gone = 'make: getcwd: No such file or directory\nmake: *** [Makefile:3: all] Error 2\n';
    assert.equal(missingBuildTool(output({ stderr: gone })), undefined);
    const makefile = "make: kext.mk: No such file or directory\nmake: *** No rule to make target 'kext.mk'.  Stop.\n";
    assert.equal(missingBuildTool(output({ stderr: makefile })), undefined);
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseClang } from '../../../src/tools/clang.ts';
import { capture } from './captures.ts';

describe('what a build says', () => {
  it('is a message for each place, with its notes, and source lines among the notices', () => {
    const { records, notices, notUnderstood } = parseClang(capture('clang-errors-and-notes'));
    assert.deepEqual(notUnderstood, []);
    assert.deepEqual(records, [
      {
        kind: 'compiler',
        file: 'src/TurbineRotor.h',
        line: 14,
        column: 5,
        endColumn: 16,
        severity: 'error',
        text: "unknown type name 'OSDictonary'; did you mean 'OSDictionary'?",
        flag: undefined,
        notes: [
          {
            file: 'include/libkern/c++/OSDictionary.h',
            line: 9,
            column: 7,
            endColumn: 19,
            text: "'OSDictionary' declared here",
          },
        ],
      },
      {
        kind: 'compiler',
        file: 'src/TurbineRotor.cpp',
        line: 31,
        column: 12,
        endColumn: 17,
        severity: 'warning',
        text: "unused variable 'speed'",
        flag: '-Wunused-variable',
        notes: [],
      },
      {
        kind: 'compiler',
        file: 'src/TurbineRotor.cpp',
        line: 40,
        column: 1,
        severity: 'fatal error',
        text: "expected '}'",
        flag: undefined,
        notes: [],
      },
      {
        kind: 'make',
        text: '[Makefile:22: build/TurbineRotor.o] Error 1',
        target: 'build/TurbineRotor.o',
        status: 1,
        missingTool: undefined,
      },
    ]);
    assert.equal(notices.length, 12);
    assert.ok(notices.includes('    ^~~~~~~~~~~'));
  });

  it('is the linker’s, with the lines that belong to it, and the driver’s', () => {
    const { records, notUnderstood } = parseClang(capture('clang-link'));
    assert.deepEqual(notUnderstood, []);
    assert.deepEqual(records.slice(0, 2), [
      {
        kind: 'linker',
        tool: 'ld64.lld-14',
        severity: 'error',
        text: 'undefined symbol: TurbineRotor::spin(int)',
        details: [
          'referenced by TurbineDriver.cpp:57 (src/TurbineDriver.cpp:57)',
          'build/TurbineDriver.o:(symbol TurbineDriver::start(IOService*)+0x1c)',
        ],
      },
      {
        kind: 'driver',
        tool: 'clang-14',
        severity: 'error',
        text: 'linker command failed with exit code 1 (use -v to see invocation)',
        details: [],
      },
    ]);
  });

  it('has no columns from old compilers', () => {
    const { records, notices } = parseClang(capture('clang-gcc4'));
    assert.deepEqual(
      records.map(record => (record.kind === 'compiler' ? [record.line, record.column, record.severity] : [])),
      [
        [57, undefined, 'error'],
        [60, undefined, 'warning'],
        [2, 25, 'error'],
      ],
    );
    assert.equal(notices.length, 1);
  });

  for (const [text, expected] of [
    ['a b/é.cpp:1:2: error: no', { kind: 'compiler', file: 'a b/é.cpp', line: 1, column: 2 }],
    ['x.cpp:3:4: error: unused [-Werror,-Wunused-variable]', { text: 'unused', flag: '-Wunused-variable' }],
    ['x.cpp:3:4: error: no member in [a]', { text: 'no member in [a]', flag: undefined }],
    [
      "x.pch:1:10: fatal error: \n    'a.h' file not found\n",
      { severity: 'fatal error', text: "'a.h' file not found" },
    ],
    ["clang: error: no such file or directory: 'x.cpp'", { kind: 'driver', tool: 'clang', severity: 'error' }],
    ['ld: warning: dylib missing', { kind: 'linker', tool: 'ld', severity: 'warning' }],
    ['/usr/bin/ld: cannot find -lkmod', { kind: 'linker', tool: 'ld', severity: 'error' }],
    [
      "make: *** No rule to make target 'a.c', needed by 'a.o'.  Stop.",
      { kind: 'make', target: 'a.c', status: undefined },
    ],
    ['make: *** [a.o] Error 127', { kind: 'make', target: 'a.o', status: 127 }],
    [
      'Makefile:12: *** missing separator.  Stop.',
      { kind: 'make', text: 'missing separator', place: { file: 'Makefile', line: 12 } },
    ],
    [
      'Make Rules/kext.mk:3: *** Set SDK: see README.  Stop.',
      { kind: 'make', text: 'Set SDK: see README', place: { file: 'Make Rules/kext.mk', line: 3 } },
    ],
    ['make[2]: *** [Makefile:3: a.o] Segmentation fault', { kind: 'make', target: 'a.o' }],
    ['/bin/sh: 1: clang++: not found', { kind: 'make', missingTool: 'clang++' }],
    ['bash: line 1: clang: command not found', { kind: 'make', missingTool: 'clang' }],
    ['make: clang: No such file or directory', { kind: 'make', missingTool: 'clang' }],
    [
      'Undefined symbols for architecture x86_64:\n  "_spin", referenced from:\n      _start in a.o\n',
      { kind: 'linker', tool: 'ld', details: ['"_spin", referenced from:', '_start in a.o'] },
    ],
  ] as const)
    it(JSON.stringify(text), () => {
      const { records, notUnderstood } = parseClang(text);
      assert.deepEqual([records.length, notUnderstood], [1, []]);
      assert.partialDeepStrictEqual(records, [expected]);
    });

  it('has the notes of a macro that others are made of, and the names that Apple’s new linker misses', () => {
    const { records, notUnderstood } = parseClang(capture('clang-macro-notes'));
    assert.deepEqual(notUnderstood, []);
    assert.partialDeepStrictEqual(records, [
      { kind: 'compiler', notes: [{ line: 60, text: "expanded from macro 'copyin'" }, { line: 7 }] },
      {
        kind: 'linker',
        text: 'Undefined symbols:',
        details: ['_pump_open, referenced from:', 'Pump::start(IOService*) in Pump.o'],
      },
      { kind: 'driver' },
      { kind: 'make' },
    ]);
  });

  it('is told once where an old compiler explains it in two more lines', () => {
    const text = [
      "a.cpp:5: error: 'spin' undeclared (first use this function)",
      'a.cpp:5: error: (Each undeclared identifier is reported only once',
      'a.cpp:5: error: for each function it appears in.)',
    ].join('\n');
    const { records, notices } = parseClang(text);
    assert.deepEqual([records.length, notices.length], [1, 2]);
  });

  it('puts no note to a message that it does not follow', () => {
    const text = 'x.h:1:1: note: declared here';
    assert.deepEqual(parseClang(text).notUnderstood, [{ line: 1, text }]);
  });

  it('is not swallowed by a source line that never ends in a caret', () => {
    const { records, notUnderstood } = parseClang('x.c:1:1: error: a\nhello\nx.c:2:1: error: b\n');
    assert.deepEqual([records.length, notUnderstood], [2, [{ line: 2, text: 'hello' }]]);
  });
});

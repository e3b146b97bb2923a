import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { compiledSources } from '../../../../src/tools/xcode/compiledSources.ts';
import { capture } from '../captures.ts';

/** The sources that a build says it compiles, whose output comes in those pieces. */
function heard(...pieces: readonly string[]): readonly string[] {
  const sources: string[] = [];
  const { feed, end } = compiledSources(source => sources.push(source));
  for (const piece of pieces) feed(piece);
  end();
  return sources;
}

describe('What a build says it compiles', () => {
  for (const [line, sources] of [
    ['clang++ -Os -DKERNEL -c src/Pump.cpp -o build/Pump.o', ['src/Pump.cpp']],
    ['/usr/bin/xcrun -sdk macosx clang -x c -c kmod.c', ['kmod.c']],
    [
      'x86_64-apple-darwin-g++-12 -c \'My Pump.cc\' "Her \\"Pump\\".cxx" a\\ b.mm',
      ['My Pump.cc', 'Her "Pump".cxx', 'a b.mm'],
    ],
    ['mkdir -p build && CPATH= cc -c a.m; echo done', ['a.m']],
    ['clang++ -include Prefix.c -MF a.c -c a.cpp -o a.c', ['a.cpp']],
    ['CompileC build/My\\ Pump.o My\\ Pump.cpp normal x86_64 c++ com.apple.compilers', ['My Pump.cpp']],
    ['    /usr/bin/clang -x c++ -c /Users/dev/Pump/Pump.cpp -o Pump.o', []],
    ['clang++ a.o b.o -o Pump', []],
    ["clang: error: no such file or directory: 'x.cpp'", []],
    ['src/Pump.cpp:12:7: error: use of clang', []],
    ['cp a.cpp b.cpp', []],
  ] as const)
    it(JSON.stringify(line), () => assert.deepEqual(heard(`${line}\n`), sources));

  it('over several lines', () => {
    assert.deepEqual(heard('clang++ -Os \\\n  -c a.cpp \\\n  -o a.o\nclang -c b.c'), ['a.cpp', 'b.c']);
  });

  it('by the steps of xcodebuild, each once', () => {
    const names = heard(capture('xcodebuild-12-failed')).map(file => file.split('/').at(-1));
    assert.deepEqual(names, [...new Set(names)]);
    assert.ok(names.length > 0);
  });

  it('is the same however the text is cut, whatever it is', () => {
    const words = fc.constantFrom('clang++ ', '-c ', 'a.cpp ', "'", '"', '\\', '\n', 'CompileC ', ' ', 'x', '-o ');
    fc.assert(
      fc.property(fc.array(fc.array(words, { maxLength: 12 }), { maxLength: 6 }), pieces => {
        const texts = pieces.map(each => each.join(''));
        assert.deepEqual(heard(...texts), heard(texts.join('')));
      }),
    );
  });
});

/**
 * What a build prints: clang(1), old GCC, the linkers and make(1). Accepted:
 *   src/Pump.cpp:12:7: error: use of undeclared identifier 'level' [-Wflag]      (also warning, note, fatal error)
 *   src/Pump.cpp:12: error: 'level' was not declared in this scope               (GCC 4: no column)
 *   /Users/dev/Pump/Pump.pch:1:10: fatal error:                                  (the text wraps onto an indented line)
 *   clang: error: linker command failed with exit code 1 (use -v to see invocation)
 *   ld64.lld-14: error: undefined symbol: _pump        and its `>>> referenced by src/Pump.cpp:12`
 *   Undefined symbols for architecture x86_64:         and its indented lines
 *   make: *** [Makefile:12: Pump.o] Error 1
 *   Makefile:12: *** missing separator.  Stop.
 *   /bin/sh: 1: clang: not found
 * Source lines, carets, `In file included from …`, `1 error generated.` and the commands that make echoes are notices.
 */

import { lastAnswer } from './text/lastAnswer.ts';
import { type Line, parseBlocks, type Taken } from './text/lines.ts';
import type { ParsedText } from './text/parsedText.ts';
import {
  type CompilerMessage,
  isCompilerContext,
  startsCompilerMessage,
  takeCompilerMessage,
} from './xcode/compilerMessage.ts';
import { type LinkerMessage, takeLinkerMessage } from './xcode/linkerMessage.ts';
import { type MakeMessage, readMakeMessage } from './xcode/makeMessage.ts';

/** Anything that a build says about why it failed or might. */
export type BuildMessage = CompilerMessage | LinkerMessage | MakeMessage;

/** GCC 4 explains its first error about a name in two more lines of the same form. */
const repeated =
  /^\S.{0,1000}:\d+: error: (?:\(Each undeclared identifier is reported only once|for each function it appears in\.\))$/;

const noise: readonly RegExp[] = [
  /^\d+ (error|warning)s?( and \d+ (error|warning)s?)? generated\.$/,
  /^compilation terminated\.$/,
  /^(\S*\/)?clang[\w+.-]*: note: /,
  /^(\S*\/)?[gb]?make(\[\d+\])?: (Entering|Leaving) directory /,
  /^(\S*\/)?[gb]?make(\[\d+\])?: (Nothing to be done for |[`'‘].+['’] is up to date\.)/,
  // A command that make echoes.
  /^\s*@?([A-Z_]+=\S* )*(\S*\/)?(clang|clang\+\+|gcc|g\+\+|cc|c\+\+|ld|ld64\.lld|ld\.lld|lld|dsymutil|ar|ranlib)(-[\d.]+)? [-\w./]/,
  /^\s*@?(\S*\/)?(llvm-[\w-]+|libtool|lipo|strip|mkdir|cp|rm|mv|ln|install|touch|plutil|codesign|xcrun|printf|echo|cat|sed|test|chmod|chown|sh) /,
];

/** The messages of a build in the order in which they came; a note stands with the message that it explains. */
export function parseClang(text: string): ParsedText<BuildMessage> {
  return parseBlocks(text, takeBuildMessage, isBuildNotice);
}

/** The message at `lines[at]` with what belongs to it; undefined where none starts. */
export function takeBuildMessage(lines: readonly Line[], at: number): Taken<BuildMessage> | undefined {
  const starts = startOf(lines[at]?.text ?? '');
  if (starts === undefined) return undefined;
  const compiler = starts.maybeCompiler ? takeCompilerMessage(lines, at) : undefined;
  if (compiler) return { records: [compiler.message], taken: compiler.taken, notices: compiler.notices };
  if (starts.make) return { records: [starts.make], taken: 1 };
  const linker = starts.maybeLinker ? takeLinkerMessage(lines, at) : undefined;
  return linker && { records: [linker.message], taken: linker.taken };
}

/** What can start with a line, by that line alone; undefined where nothing can. */
const startOf = lastAnswer(text => {
  if (repeated.test(text)) return undefined;
  return {
    maybeCompiler: startsCompilerMessage(text),
    make: readMakeMessage(text),
    maybeLinker: !isBuildNotice(text),
  };
});

/** True for lines that say nothing about why a build failed. */
export function isBuildNotice(text: string): boolean {
  return isCompilerContext(text) || repeated.test(text) || noise.some(pattern => pattern.test(text));
}

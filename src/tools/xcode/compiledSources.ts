/**
 * The sources that a build compiles, told by what it prints as it goes. Accepted:
 *   clang++ -Os -c src/Pump.cpp -o build/Pump.o        (a command that make echoes; over several lines where they end in \)
 *   CompileC build/Pump.o Pump.cpp normal x86_64 c++ com.apple.compilers.llvm.clang.1_0.compiler (in target …)
 * The indented commands below a step of xcodebuild's say the same once more.
 */
import { linePieces, type TextFeed } from '../text/linePieces.ts';

/** Characters of a line, or of one that goes on behind a \, that are looked at. */
const longest = 65_536;

const sourceName = /\.(?:cpp|cc|cxx|mm|m|c)$/i;
const compiler = /^(?:.*[/-])?(?:clang|clang\+\+|gcc|g\+\+|cc|c\+\+)(?:-[\d.]+)?$/;
/** Options whose value may be named like a source. */
const takesFile = /^-(?:o|include|MT|MQ|MF|MJ)$/;

/** Gives each source as it is written there, every time that the build says it. */
export function compiledSources(take: (source: string) => void): TextFeed {
  let lines: string[] = [];
  let length = 0;
  return linePieces(longest, (text, from, to, _line, goesOn) => {
    if (goesOn || to - from > longest) return;
    const line = text.slice(from, to);
    length += line.length;
    const endsLater = line.endsWith('\\') && length < longest;
    lines.push(endsLater ? line.slice(0, -1) : line);
    if (endsLater) return;
    for (const source of sourcesIn(lines.join(' '))) take(source);
    lines = [];
    length = 0;
  });
}

function sourcesIn(line: string): readonly string[] {
  if (/^\s/.test(line)) return [];
  const words = wordsOf(line);
  if (words[0] === 'CompileC') return words.slice(2, 3);
  const at = words.findIndex(word => compiler.test(word));
  if (at < 0) return [];
  return words.filter(
    (word, index) =>
      index > at && sourceName.test(word) && !word.startsWith('-') && !takesFile.test(words[index - 1] ?? ''),
  );
}

/** The words of a shell's command, without its quotes. */
function wordsOf(command: string): readonly string[] {
  return [...command.matchAll(/(?:'[^']*'|"(?:\\.|[^"\\])*"|\\.|[^\s'"\\;&|()])+/g)].map(([word]) =>
    word.replace(/'([^']*)'|"((?:\\.|[^"\\])*)"|\\(.)/g, (_, plain, quoted, escaped) =>
      String(plain ?? quoted?.replace(/\\(.)/g, '$1') ?? escaped),
    ),
  );
}

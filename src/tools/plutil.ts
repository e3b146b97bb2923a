/**
 * plutil(1). `-convert xml1 -o -` prints a property list of any form as XML, on every macOS since 10.6; a file that is none is a line:
 *   /Library/Extensions/Pump.kext/Contents/Info.plist: Property List error: Unexpected character x at line 1
 *   /Library/Extensions/Pump.kext/Contents/Info.plist: file does not exist or is not readable
 */
import { requireWholeAnswer } from './port/answer.ts';
import type { ToolCommand } from './port/toolCommand.ts';
import { type Line, parseBlocks, type Taken } from './text/lines.ts';
import { isNoise } from './text/noise.ts';
import type { ParsedText } from './text/parsedText.ts';

/** The property list as XML; undefined where the file is none, or cannot be read. */
export function propertyListText(path: string): ToolCommand<string | undefined> {
  return {
    tool: 'plutil',
    argv: ['-convert', 'xml1', '-o', '-', '--', path],
    asRoot: false,
    timeoutMs: 10_000,
    parse: output => {
      requireWholeAnswer('plutil', 'a property list', output);
      return output.exitCode === 0 && output.stdout.includes('<plist') ? output.stdout : undefined;
    },
  };
}

/** The property lists that plutil(1) printed, each as it stands; that a file is none, or is not there, is a notice. */
export function parsePlutil(text: string): ParsedText<string> {
  return parseBlocks(text, listTaker(), line => isNoise(line) || isNoList.test(line));
}

const isNoList = /: (?:Property List error: |file does not exist or is not readable)/;

/** A list from its beginning to its end. Where one has no end none behind it has. */
function listTaker(): (lines: readonly Line[], at: number) => Taken<string> | undefined {
  let areWhole = true;
  return (lines, at) => {
    if (!areWhole || !/^(?:<\?xml |<!DOCTYPE plist |<plist\b)/.test(lines[at]?.text ?? '')) return undefined;
    let last = at;
    while (last < lines.length && !/<\/plist>\s*$/.test(lines[last]?.text ?? '')) last += 1;
    areWhole = last < lines.length;
    if (!areWhole) return undefined;
    const list = lines.slice(at, last + 1);
    return { records: [list.map(({ text }) => text).join('\n')], taken: list.length };
  };
}

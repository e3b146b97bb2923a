/**
 * plutil(1). `-convert xml1 -o -` prints a property list of any form as XML, on every macOS since 10.6; a file that is none is a line:
 *   /Library/Extensions/Pump.kext/Contents/Info.plist: Property List error: Unexpected character x at line 1
 */
import { requireWholeAnswer } from './answer.ts';
import type { ToolCommand } from './toolCommand.ts';

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

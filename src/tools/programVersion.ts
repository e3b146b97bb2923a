/**
 * What a program says of its own version, the first line of it. Accepted:
 *   OpenSSH_9.2p1 Debian-2+deb12u3, OpenSSL 3.0.11 19 Sep 2023
 *   Apple clang version 15.0.0 (clang-1500.3.9.4)
 *   Xcode 15.4
 */
import { allText, requireWholeAnswer } from './port/answer.ts';
import type { ToolCommand } from './port/toolCommand.ts';
import { UnknownToolText } from './port/toolErrors.ts';

const expected = 'a version';

/** Asks a program of this machine for its version. */
export function programVersion(tool: string, argv: readonly string[]): ToolCommand<string> {
  return {
    tool,
    argv,
    asRoot: false,
    timeoutMs: 20_000,
    parse: output => {
      requireWholeAnswer(tool, expected, output);
      const first = allText(output)
        .split('\n')
        .find(line => line.trim() !== '');
      if (output.exitCode !== 0 || first === undefined || !/\d/.test(first))
        throw new UnknownToolText(tool, expected, output);
      return first.trim();
    },
  };
}

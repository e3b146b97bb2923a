/**
 * The arguments that the kernel was started with, by sysctl(8). Accepted, with nothing behind the colon where there are none:
 *   kern.bootargs: keepsyms=1 debug=0x100
 */
import { requireWholeAnswer } from './port/answer.ts';
import type { ToolCommand } from './port/toolCommand.ts';
import { UnknownToolText } from './port/toolErrors.ts';

const expected = 'kern.bootargs: …';

/** Asks which arguments the running kernel was started with: they hold until the next start. */
export function bootArguments(): ToolCommand<readonly string[]> {
  return {
    tool: 'sysctl',
    argv: ['kern.bootargs'],
    asRoot: false,
    timeoutMs: 10_000,
    parse: output => {
      requireWholeAnswer('sysctl', expected, output);
      const told = parseBootArguments(output.stdout);
      if (told === undefined) throw new UnknownToolText('sysctl', expected, output);
      return told;
    },
  };
}

/** The arguments in what sysctl printed; undefined where it printed none of them. */
export function parseBootArguments(text: string): readonly string[] | undefined {
  const value = /^kern\.bootargs(?::| =)[ \t]*(.*)$/m.exec(text)?.[1];
  return value?.split(/\s+/).filter(word => word !== '');
}

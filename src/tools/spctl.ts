/**
 * spctl(8), kext-consent status. Accepted:
 *   Kernel Extension User Consent: ENABLED
 *   Kernel Extension User Consent: DISABLED
 */
import { requireWholeAnswer } from './port/answer.ts';
import type { ToolCommand } from './port/toolCommand.ts';
import { UnknownToolText } from './port/toolErrors.ts';
import { type Line, parseLines } from './text/lines.ts';
import { isNoise } from './text/noise.ts';
import type { ParsedText } from './text/parsedText.ts';

const expected = 'Kernel Extension User Consent: ENABLED or DISABLED';

/** Asks whether the owner's consent is wanted for kexts: true where it is. From macOS 11 on that does not decide it (TN2459). */
export function kextConsent(): ToolCommand<boolean> {
  return {
    tool: 'spctl',
    argv: ['kext-consent', 'status'],
    asRoot: false,
    timeoutMs: 10_000,
    parse: output => {
      requireWholeAnswer('spctl', expected, output);
      const [wanted] = parseSpctl(output.stdout).records;
      if (wanted === undefined) throw new UnknownToolText('spctl', expected, output);
      return wanted;
    },
  };
}

/** Whether consent is wanted, by what spctl printed. */
export function parseSpctl(text: string): ParsedText<boolean> {
  return parseLines(text, readConsent, isNoise);
}

function readConsent({ text }: Line): boolean | undefined {
  const word = /^Kernel Extension User Consent: (ENABLED|DISABLED)$/.exec(text)?.[1];
  return word === undefined ? undefined : word === 'ENABLED';
}

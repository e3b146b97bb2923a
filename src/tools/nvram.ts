/**
 * nvram(8) with the name of a variable. Accepted, a tab behind the name; the second on standard error, where it is not set:
 *   boot-args	keepsyms=1 debug=0x100
 *   nvram: Error getting variable - 'boot-args': (iokit/common) data was not found
 */
import { allText, requireWholeAnswer } from './port/answer.ts';
import type { ToolCommand } from './port/toolCommand.ts';
import { UnknownToolText } from './port/toolErrors.ts';
import { type Line, parseLines } from './text/lines.ts';
import { isNoise } from './text/noise.ts';
import type { ParsedText } from './text/parsedText.ts';

/** A variable of the firmware; without a value it is not set. */
export interface FirmwareVariable {
  readonly name: string;
  readonly value: string | undefined;
}

const name = 'boot-args';
const expected = `${name} and its value, or that it was not found`;

/** Asks which arguments the next start of the kernel is to have. */
export function nextBootArguments(): ToolCommand<readonly string[]> {
  return {
    tool: 'nvram',
    argv: [name],
    asRoot: false,
    timeoutMs: 10_000,
    parse: output => {
      requireWholeAnswer('nvram', expected, output);
      const variable = parseNvram(allText(output)).records.find(each => each.name === name);
      if (variable === undefined) throw new UnknownToolText('nvram', expected, output);
      return variable.value?.split(/\s+/).filter(word => word !== '') ?? [];
    },
  };
}

/** The variables that nvram printed, and those that it did not find. */
export function parseNvram(text: string): ParsedText<FirmwareVariable> {
  return parseLines(text, readVariable, isNoise);
}

function readVariable({ text }: Line): FirmwareVariable | undefined {
  const missing = /^nvram: Error getting variable - '([^']+)': .*data was not found$/.exec(text)?.[1];
  if (missing !== undefined) return { name: missing, value: undefined };
  const [, set, value] = /^([^\s:]+)\t(.*)$/.exec(text) ?? [];
  return set === undefined ? undefined : { name: set, value };
}

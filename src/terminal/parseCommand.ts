import { parsers } from '../tools/parsers.ts';
import { toJson } from '../tools/text/json.ts';
import type { ParsedText } from '../tools/text/parsedText.ts';
import { UsageError } from './options.ts';

/** `parse TOOL FILE`: the records of a captured output, its notices, and every line that was not understood. */
export async function parseCommand(
  argv: readonly string[],
  readInput: (file: string) => Promise<string>,
): Promise<{
  readonly document: Record<string, unknown>;
  readonly understood: boolean;
  readonly parsed: ParsedText<unknown>;
}> {
  const [tool, file] = argv;
  const known = Object.keys(parsers).join(', ');
  if (tool === undefined || file === undefined || argv.length > 2) {
    throw new UsageError(`parse takes a tool and a file: parse ${known} FILE`);
  }
  const parser = Object.hasOwn(parsers, tool) ? parsers[tool] : undefined;
  if (parser === undefined) throw new UsageError(`parse ${tool} is not there yet; there are: ${known}`);
  const parsed = parser(await readInput(file));
  return { document: toJson(parsed) as Record<string, unknown>, understood: parsed.notUnderstood.length === 0, parsed };
}

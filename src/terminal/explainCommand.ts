import { explainAsked } from '../diagnosis/catalogue/explainAsked.ts';
import type { Explained } from '../diagnosis/catalogue/explained.ts';
import { explainedText } from '../report/explainedText.ts';
import { toJson } from '../tools/text/json.ts';
import { UsageError } from './options.ts';

/** `explain TEXT`: what the catalogue knows of the words, or of standard input where they are `-`. */
export async function explainCommand(
  words: readonly string[],
  readInput: (file: string) => Promise<string>,
): Promise<{ readonly matches: readonly unknown[]; readonly text: string }> {
  if (words.length === 0) throw new UsageError('explain takes a message, a code or an exit status: explain TEXT');
  const asked = words.length === 1 && words[0] === '-' ? await readInput('-') : words.join(' ');
  const found = explainAsked(asked);
  return { matches: found.map(matchJson), text: found.length === 0 ? unknownText : explainedText(found) };
}

const unknownText = 'Nothing is known of this: no message of the kext tools or the kernel, and no code.';

function matchJson({ row, cause, remedy, where, code, page, general, fields }: Explained): unknown {
  const { id, component, anchor, severity, example, status, problem } = row;
  return toJson({
    id,
    component,
    code: code?.hex ?? null,
    symbol: code?.symbol ?? null,
    cause,
    remedy,
    anchor: { ...anchor, text: where },
    general,
    severity,
    decimal: code?.decimal ?? null,
    text: code?.text ?? null,
    status: status ?? null,
    problem: problem ?? null,
    example,
    page: page === undefined ? null : `${page.file}#${page.anchor}`,
    fields,
  });
}

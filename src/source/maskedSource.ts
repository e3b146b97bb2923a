import { Conditions, type KnownMacros } from './conditions.ts';

/** An object-like or function-like macro definition, where its name stands. */
export interface MacroDefinition {
  readonly name: string;
  /** What follows the name (and the parameters), on one line. */
  readonly replacement: string;
  /** Of a function-like macro, in their parentheses; undefined of an object-like one. */
  readonly parameters: string | undefined;
  readonly offset: number;
}

/** C++ text in which only code is left: every other character is a space, so that offsets stay true. */
export interface MaskedSource {
  readonly code: string;
  /** In the order of the text, those left out that the compiler does not see. */
  readonly macros: readonly MacroDefinition[];
}

// Comments, raw strings, strings and characters; a digit separator (1'000) begins no character.
const noCode =
  /\/\*.*?(?:\*\/|$)|\/\/(?:\\\r?\n|[^\n])*|(?<!\w)(?:u8|[uUL])?R"([^\s()\\]{0,16})\(.*?(?:\)\1"|$)|"(?:\\.|[^"\\\n])*"?|(?<!\b\d[\dA-Fa-fxX']{0,40})'(?:\\.|[^'\\\n])*'?/gs;

const directive = /^[ \t]*#(?:\\\r?\n|[^\n])*/gm;

/**
 * Blanks comments, texts, preprocessor lines and what the compiler leaves out, as under `#if 0`, and lists the macros. Of a condition
 * that hangs on macros of which `known` says nothing both branches stay.
 */
export function maskSource(text: string, known: KnownMacros = new Map()): MaskedSource {
  const plain = text.replace(noCode, blank);
  const macros: MacroDefinition[] = [];
  let code = '';
  let at = 0;
  const conditions = new Conditions(known);
  for (const match of plain.matchAll(directive)) {
    const between = plain.slice(at, match.index);
    code += conditions.skipping ? blank(between) : between;
    code += blank(match[0]);
    at = match.index + match[0].length;
    conditions.see(match[0]);
    const macro = conditions.skipping ? undefined : definition(match[0], match.index);
    if (macro !== undefined) macros.push(macro);
  }
  const rest = plain.slice(at);
  return { code: code + (conditions.skipping ? blank(rest) : rest), macros };
}

function definition(line: string, offset: number): MacroDefinition | undefined {
  const match = /^([ \t]*#[ \t]*define[ \t]+)([A-Za-z_]\w*)(\([^)]*\))?(.*)$/s.exec(line);
  const [, before, name, parameters, rest] = match ?? [];
  if (before === undefined || name === undefined) return undefined;
  return {
    name,
    replacement: (rest ?? '').replace(/\\\r?\n/g, ' ').trim(),
    parameters,
    offset: offset + before.length,
  };
}

function blank(text: string): string {
  return text.replace(/[^\r\n]+/g, run => ' '.repeat(run.length));
}

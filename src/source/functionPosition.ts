import type { SourcePosition } from '../model/sourcePosition.ts';
import { enclosingClass, findClassHeads } from './classHeads.ts';
import { maskSource } from './maskedSource.ts';
import { positionOf } from './positionOf.ts';

/**
 * Where `className::methodName` is defined in a text: the name of the method, out of line or in the class's body.
 * `className` is the name in the source. undefined where the text only declares or calls it, or knows nothing of it.
 */
export function functionPosition(
  text: string,
  file: string,
  className: string,
  methodName: string,
): SourcePosition | undefined {
  const { code } = maskSource(text);
  const method = `${escaped(methodName)}\\b`;
  const outOfLine = new RegExp(`\\b${escaped(className)}\\s*::\\s*(?=${method})`, 'g');
  const offset = definitions(code, outOfLine).next().value ?? inClassBody(code, className, method);
  return offset === undefined ? undefined : positionOf({ file, text }, offset, methodName.length);
}

function inClassBody(code: string, className: string, method: string): number | undefined {
  const heads = findClassHeads(code);
  if (!heads.some(({ name }) => name === className)) return undefined;
  for (const offset of definitions(code, new RegExp(`(?<![\\w:.>~])(?=${method})`, 'g')))
    if (enclosingClass(heads, offset)?.name === className) return offset;
  return undefined;
}

/** The offsets after a match of `before` where a name, its parameters and a body follow. */
function* definitions(code: string, before: RegExp): Generator<number, undefined> {
  for (const match of code.matchAll(before)) {
    const offset = match.index + match[0].length;
    if (hasBody(code, offset)) yield offset;
  }
}

/** Whether `name(parameters) … {` begins at `offset`; `;`, `,` or `)` before the brace make it a declaration or a call. */
function hasBody(code: string, offset: number): boolean {
  const open = /^~?\w+\s*\(/.exec(code.slice(offset, offset + 300))?.[0].length;
  if (open === undefined) return false;
  let depth = 1;
  let at = offset + open;
  const end = Math.min(code.length, at + 5000);
  for (; at < end && depth > 0; at += 1) {
    if (code[at] === '(') depth += 1;
    else if (code[at] === ')') depth -= 1;
    else if (code[at] === '{' || code[at] === '}') return false;
  }
  const after = code.slice(at, at + 2000);
  return /^\s*(?:(?:const|noexcept|override|final|volatile|&&?|APPLE_\w+|LIBKERN_\w+|__\w+)\s*)*(?::[^;{}]*)?\{/.test(
    after,
  );
}

function escaped(name: string): string {
  return name.replace(/[^\w]/g, '\\$&');
}

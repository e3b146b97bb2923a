import type { SourceText } from '../source/classDeclarations.ts';
import { findClassHeads } from '../source/classHeads.ts';
import { maskSource } from '../source/maskedSource.ts';
import { enumerators } from './missingHeaders.ts';

/** What the driver's own sources say of a name. */
export interface OwnNames {
  /** Whether they declare it: a class, function, method, variable, type, enumerator or macro. */
  declares(name: string): boolean;
  /** Whether they have the body of a function of the name. */
  defines(name: string): boolean;
  /** Whether a class of the name is defined in them. */
  hasClass(name: string): boolean;
  /** The code of a file, comments and texts blanked; undefined where it is none of the sources. */
  codeOf(file: string): string | undefined;
}

/** Reads the sources of a driver for what they declare. */
export function ownNames(sources: readonly SourceText[]): OwnNames {
  const files = sources.map(({ file, text }) => ({ file, ...maskSource(text) }));
  const classes = new Set(files.flatMap(({ code }) => findClassHeads(code).map(({ name }) => name)));
  const others = new Set(
    files.flatMap(({ code, macros }) => [...macros.map(({ name }) => name), ...enumerators(code)]),
  );
  const found = (name: string, after: RegExp) =>
    files.some(({ code }) =>
      [...code.matchAll(new RegExp(`\\b${name}\\b`, 'g'))].some(({ index }) => declaredAt(code, index, name, after)),
    );
  return {
    declares: name => classes.has(name) || others.has(name) || found(name, /^\s*[(;=,)[]/),
    defines: name => found(name, /^\s*\([^;{}]*\)[\s\w]*\{/),
    hasClass: name => classes.has(name),
    codeOf: file => files.find(each => each.file === file)?.code,
  };
}

const noType = /^(?:return|throw|new|delete|else|case|goto|sizeof|if|while|do|co_return|using)\b/;

/** Whether the name at the offset stands where a declaration has it: a type before it, the end of a declarator after it. */
function declaredAt(code: string, offset: number, name: string, after: RegExp): boolean {
  const rest = code.slice(offset + name.length, offset + name.length + 2000);
  if (!after.test(rest)) return false;
  const before = code.slice(Math.max(0, offset - 500), offset);
  const start = Math.max(...[...';{}(,'].map(mark => before.lastIndexOf(mark)));
  const inList = before[start] === '(' || before[start] === ',';
  const written = before.slice(start + 1).replace(/^\s*(?:(?:public|private|protected)\s*:\s*)+/, '');
  // typedef int (*name)(int);  typedef struct { … } name;
  if (before[start] === '(' && /^\s*\*\s*$/.test(written)) return /\btypedef\b[^;{}]*$/.test(before.slice(0, start));
  if (before[start] === '}' && written.trim() === '') return /^\s*[;,]/.test(rest);
  const type = written.replace(/(?:\w+\s*::\s*)+$/, '').trim();
  if (inList && /^\s*[(;]/.test(rest)) return before[start] === ',' && /^\s*;/.test(rest) && type === '';
  return (
    /^[\w\s:*&<>~[\]]*[\w*&>]$/.test(type) &&
    /[A-Za-z_]/.test(type) &&
    !noType.test(type) &&
    !/&&|\b(?:public|private|protected)$/.test(type)
  );
}

import type { SourceText } from '../source/classDeclarations.ts';
import type { Diagnosis } from './diagnosis.ts';
import { kernelName } from './kernelNames/kernelNames.ts';
import { type MissedName, missedName } from './missedName.ts';
import { type HeaderNames, headerNames } from './missingHeaders.ts';
import { isNear } from './missingNear.ts';
import { type OwnNames, ownNames } from './missingOwnNames.ts';

/** What is read to tell why a build for the Simulated Mac misses a name. */
export interface InterfaceTexts {
  /** The headers of the Simulated Mac, each by what an #include says. */
  readonly headers: readonly SourceText[];
  /** The driver's own. */
  readonly sources: readonly SourceText[];
}

/** What a failed build says, told apart. */
export interface MissingInterface {
  /** The build's own, those that an #include mends with that as their remedy. */
  readonly diagnoses: readonly Diagnosis[];
  /** What the Simulated Mac lacks of a Mac's kernel, each once, in the order of the errors. */
  readonly names: readonly string[];
}

/**
 * Tells apart why names are missed: the Simulated Mac has it in a header that is not included; it lacks what a Mac's
 * kernel has; or, all else, the driver's own mistake.
 */
export function missingInterface(build: readonly Diagnosis[], texts: InterfaceTexts): MissingInterface {
  const headers = headerNames(texts.headers);
  const own = ownNames(texts.sources);
  const lines = new Map(texts.sources.map(({ file, text }) => [file, text.split('\n')]));
  const lacking: MissedName[] = [];
  const diagnoses = build.map(diagnosis => {
    const missed = missedName(diagnosis, ({ file, line }) => lines.get(file)?.[line - 1]);
    if (missed === undefined) return diagnosis;
    const header = headerFor(missed, headers, own);
    if (header === undefined && isLacking(missed, headers, own)) lacking.push(missed);
    if (missed.kind === 'name') lacking.push(...calledBeside(missed, headers, own));
    return header === undefined ? diagnosis : { ...diagnosis, remedy: `Include <${header}>: it has ${missed.name}.` };
  });
  return { diagnoses, names: eachOnce(lacking, own) };
}

/** The header that the driver has to include. */
function headerFor({ kind, name }: MissedName, headers: HeaderNames, own: OwnNames): string | undefined {
  const header = headers.declaredIn.get(name);
  if (header === undefined) return undefined;
  const asked = kind === 'name' || kind === 'definition' || kind === 'symbol';
  if (!asked || (kind === 'name' && own.declares(name)) || (kind === 'symbol' && own.defines(name))) return undefined;
  return header;
}

function isLacking(missed: MissedName, headers: HeaderNames, own: OwnNames): boolean {
  const { kind, name, owner } = missed;
  if (kind === 'header') return true;
  const known = kernelName(name);
  if (headers.words.has(name) || known === undefined || (known === 'prefixed' && missed.corrected)) return false;
  switch (kind) {
    case 'member':
      // Of a class of the kernel's the driver declares nothing, whatever its own classes have.
      return owner !== undefined && own.hasClass(owner) ? !own.declares(name) : kernelName(owner ?? '') !== undefined;
    case 'name':
      return !own.declares(name) && (!/^[a-z]+$/.test(name) || isCalled(missed, own));
    case 'symbol':
      return !own.defines(name);
    case 'definition':
      return !own.hasClass(name);
    case 'overridden':
      return true;
  }
}

/** A plain word may be the name of anything: only a call of it is the kernel's. */
function isCalled({ name, anchor }: MissedName, own: OwnNames): boolean {
  const line = anchor && own.codeOf(anchor.file)?.split('\n')[anchor.line - 1];
  return line !== undefined && new RegExp(`\\b${name}\\s*\\(`).test(line);
}

/** Of a call whose arguments it doesn't understand the compiler doesn't name the function: the statement is read for it. */
function calledBeside({ anchor }: MissedName, headers: HeaderNames, own: OwnNames): readonly MissedName[] {
  const code = anchor && own.codeOf(anchor.file);
  if (anchor === undefined || code === undefined) return [];
  const lines = code.split('\n');
  const offset = lines.slice(0, anchor.line - 1).join('\n').length + (anchor.line > 1 ? 1 : 0) + anchor.column - 1;
  const start = Math.max(...[...';{}'].map(mark => code.lastIndexOf(mark, offset - 1))) + 1;
  const length = code.slice(offset).search(/[;{}]/);
  const statement = code.slice(start, length === -1 ? code.length : offset + length);
  return [...statement.matchAll(/(?<!->\s*|\.\s*|::\s*|\w)([A-Za-z_]\w*)\s*\(/g)].flatMap(({ 1: name = '', index }) => {
    const line = code.slice(0, start + index).split('\n').length;
    const missed: MissedName = {
      kind: 'name',
      name,
      corrected: isNear(name, headers.words),
      anchor: { ...anchor, line },
    };
    return isLacking(missed, headers, own) ? [missed] : [];
  });
}

/** `IOService::joinPMtree`; of a driver's own class the method alone, and not again where it stands with a class. */
function eachOnce(lacking: readonly MissedName[], own: OwnNames): readonly string[] {
  const written = new Map<string, string>();
  for (const { name, owner } of lacking)
    if (owner !== undefined && !own.hasClass(owner)) {
      const whole = `${owner}::${name}`;
      written.set((written.get(name) ?? name) === name ? name : whole, whole);
    } else if (!written.has(name)) written.set(name, name);
  return [...new Set(written.values())];
}

import { lastAnswer } from '../text/lastAnswer.ts';
import type { Line } from '../text/lines.ts';
import { type InTarget, targetOf, withoutTarget } from './xcodebuildTarget.ts';

/** What xcodebuild says about the project, the settings or the signature: no line of a source file is meant. */
export interface XcodebuildMessage extends InTarget {
  readonly kind: 'xcodebuild';
  /** `/Users/dev/Pump/Pump.xcodeproj`, `xcodebuild`; undefined where nothing stands before `error:`. */
  readonly about: string | undefined;
  readonly severity: 'error' | 'warning';
  readonly text: string;
  /** The indented lines below it. */
  readonly details: readonly string[];
}

/** A step of the build did not end well; why stands above it. */
export interface CommandFailed extends InTarget {
  readonly kind: 'commandFailed';
  /** `CompileC`, `/bin/sh`. */
  readonly command: string;
  readonly text: string;
}

/** A message and how many lines it takes. */
export interface XcodebuildMessageTaken {
  readonly message: XcodebuildMessage | CommandFailed;
  readonly taken: number;
}

const severe = /^(?:(\S.*?): )?(fatal error|error|warning): (.+)$/;
const signing = /^(?:Code ?Sign error): (.+)$/;
// What codesign(1) says with the bundle's path before it.
const codesign =
  /^(\S.{0,1000}): ((?:no identity found|errSecInternalComponent|code object is not signed at all|User interaction is not allowed\.|ambiguous \(matches |resource fork, Finder information, or similar detritus not allowed|unsealed contents present).*)$/;
const failed = /^Command (\S+) failed with (?:a nonzero exit code|exit code \d+|signal .+)$/;

/** The message at `lines[at]`; undefined where none starts. */
export function takeXcodebuildMessage(lines: readonly Line[], at: number): XcodebuildMessageTaken | undefined {
  const message = readFirst(lines[at]?.text ?? '');
  if (message?.kind !== 'xcodebuild') return message && { message, taken: 1 };
  const details = detailsBelow(lines, at + 1, message);
  return { message: details.length === 0 ? message : { ...message, details }, taken: 1 + details.length };
}

/** What the line says by itself. */
const readFirst = lastAnswer((line): XcodebuildMessage | CommandFailed | undefined => {
  const whole = line.trimEnd();
  const text = withoutTarget(whole);
  const command = failed.exec(text)?.[1];
  if (command !== undefined) return { kind: 'commandFailed', command, text, ...targetOf(whole) };
  const told = readMessage(text);
  return told && { kind: 'xcodebuild', ...told, details: [], ...targetOf(whole) };
});

type Told = Pick<XcodebuildMessage, 'about' | 'severity' | 'text'>;

function readMessage(text: string): Told | undefined {
  const match = severe.exec(text);
  if (match) {
    const [, about, severity, told = ''] = match;
    return { about, severity: severity === 'warning' ? 'warning' : 'error', text: told };
  }
  const unsigned = signing.exec(text)?.[1];
  if (unsigned !== undefined) return { about: undefined, severity: 'error', text: unsigned };
  const signed = codesign.exec(text);
  return signed ? { about: signed[1], severity: 'error', text: signed[2] ?? '' } : undefined;
}

/** What belongs to a message is indented; below other messages stand indented commands of the next step. */
function detailsBelow(lines: readonly Line[], from: number, { about, text }: Told): readonly string[] {
  const detail = about === 'xcodebuild' || text.endsWith(':') ? /^\s+\S/ : /^\s+\d+\) /;
  const details: string[] = [];
  for (let at = from; detail.test(lines[at]?.text ?? ''); at += 1) details.push((lines[at]?.text ?? '').trim());
  return details;
}

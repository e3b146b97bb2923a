/**
 * What xcodebuild(1) prints, of any Xcode: everything that clang.ts accepts, and around it:
 *   CompileC build/Pump.o Pump.cpp normal x86_64 c++ com.apple.compilers.llvm.clang.1_0.compiler (in target 'Pump' from project 'Pump')
 *       cd /Users/dev/Pump                           (the step's commands, indented)
 *   === BUILD TARGET Pump OF PROJECT Pump WITH CONFIGURATION Release ===     (before Xcode 10, in place of the targets)
 *   error: Signing for "Pump" requires a development team. (in target 'Pump' from project 'Pump')
 *   /Users/dev/Pump/Pump.xcodeproj: warning: …
 *   xcodebuild: error: The project named "Pump" does not contain a scheme named "Valve".
 *   Command CompileC failed with a nonzero exit code
 *   ** BUILD FAILED **
 *   The following build commands failed:             (then a tab and a step a line, and `(1 failure)`)
 *   2023-06-22 08:11:00.798 xcodebuild[27800:1399976] …                      (noise)
 */
import { type BuildMessage, isBuildNotice, takeBuildMessage } from './clang.ts';
import { type Line, parseBlocks, type Taken } from './text/lines.ts';
import type { ParsedText } from './text/parsedText.ts';
import type { CompilerMessage } from './xcode/compilerMessage.ts';
import type { LinkerMessage } from './xcode/linkerMessage.ts';
import type { MakeMessage } from './xcode/makeMessage.ts';
import { type FailedCommands, takeXcodebuildEnd, type XcodebuildResult } from './xcode/xcodebuildEnd.ts';
import { type CommandFailed, takeXcodebuildMessage, type XcodebuildMessage } from './xcode/xcodebuildMessage.ts';
import { isXcodebuildNotice, stepLength } from './xcode/xcodebuildSteps.ts';
import { type InTarget, targetOf } from './xcode/xcodebuildTarget.ts';

/** Anything that a build by xcodebuild says about how it ended and why. */
export type XcodebuildRecord =
  | ((CompilerMessage | LinkerMessage) & Partial<InTarget>)
  | MakeMessage
  | XcodebuildMessage
  | CommandFailed
  | XcodebuildResult
  | FailedCommands;

const marks: readonly RegExp[] = [
  /^\*\* [A-Z ]{1,40} (?:FAILED|SUCCEEDED|INTERRUPTED) \*\*/m,
  /^=== [A-Z]{1,20} (?:AGGREGATE |LEGACY )?TARGET /m,
  /^(?:xcodebuild: error: |Command line invocation:)/m,
  / \(in target '[^'\n]{1,200}' from project '[^'\n]{1,200}'\)$/m,
];

/** True where a text has lines that xcodebuild alone prints. */
export function isXcodebuildText(text: string): boolean {
  return marks.some(mark => mark.test(text));
}

/**
 * The messages of a build in the order in which they came. A compiler's message is of the target whose step was told last
 * above it; where steps of several targets run at the same time, that may be another one.
 */
export function parseXcodebuild(text: string): ParsedText<XcodebuildRecord> {
  let current: InTarget = { target: undefined, project: undefined };
  const take = (lines: readonly Line[], at: number): Taken<XcodebuildRecord> | undefined => {
    const whole = lines[at]?.text ?? '';
    const told = takeSource(lines, at);
    if (told) return { ...told, records: told.records.map(record => inTarget(record, current)) };
    const named = targetOf(whole);
    if (named.target !== undefined) current = named;
    const step = stepLength(lines, at);
    if (step > 0) return { records: [], taken: step, notices: lines.slice(at, at + step).map(line => line.text) };
    return takeOwn(lines, at, current);
  };
  return parseBlocks(text, take, line => isBuildNotice(line) || isXcodebuildNotice(line));
}

/** What a compiler, a linker or make says. A message without a place may be xcodebuild's own. */
function takeSource(lines: readonly Line[], at: number): Taken<BuildMessage> | undefined {
  const told = takeBuildMessage(lines, at);
  const [record] = told?.records ?? [];
  return record?.kind === 'driver' && record.tool === undefined ? undefined : told;
}

function takeOwn(lines: readonly Line[], at: number, current: InTarget): Taken<XcodebuildRecord> | undefined {
  const end = takeXcodebuildEnd(lines, at);
  if (end) return { records: [end.record], taken: end.taken };
  const own = takeXcodebuildMessage(lines, at);
  return own && { records: [inTarget(own.message, current)], taken: own.taken };
}

/** The target of make's message is what make could not make. */
function inTarget(
  record: BuildMessage | XcodebuildMessage | CommandFailed,
  { target, project }: InTarget,
): XcodebuildRecord {
  if (record.kind === 'make' || target === undefined || ('target' in record && record.target !== undefined))
    return record;
  return { ...record, target, project };
}

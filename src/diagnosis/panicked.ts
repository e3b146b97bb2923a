import type { Panic, PanicFrame } from '../tools/port/target.ts';
import { count } from './count.ts';
import type { Diagnosis, Evidence } from './diagnosis.ts';
import type { LoadedKextFacts } from './loadFailure.ts';
import { asSubject } from './sentence.ts';

/** A panic report: where it lies on the target, and its copy on this machine. */
export interface PanicReportFile {
  readonly path: string;
  readonly copy: string;
}

/**
 * The target panicked during an operation. The innermost frame with a source line is where to look; without one it is known
 * from a report whose code was running.
 */
export function panicked(kext: LoadedKextFacts, panic: Panic, report?: PanicReportFile): Diagnosis {
  const blamed = panic.frames.find(frame => frame.position !== undefined);
  const anchor = blamed?.position ?? kext.identifierPosition;
  return {
    about: 'load',
    cause: 'panicked',
    severity: 'error',
    message: `${asSubject(kext.target)} panicked: ${panic.reason}${placeOf(panic, blamed)}. It has restarted.`,
    evidence: [...backtrace(panic.frames), ...(report === undefined ? [] : [evidenceOf(report, kext)])],
    holders: [],
    remedy: remedyFor(panic, blamed),
    certainty: report !== undefined && panic.suspect !== kext.bundleIdentifier ? 'likely' : 'certain',
    ...(anchor === undefined ? {} : { anchor }),
  };
}

function placeOf({ suspect }: Panic, blamed: PanicFrame | undefined): string {
  if (blamed !== undefined) return `, in ${blamed.function.replace(/\(.*$/, '')}()`;
  return suspect === undefined ? '' : `, in the code of ${suspect}`;
}

function remedyFor({ frames, suspect }: Panic, blamed: PanicFrame | undefined): string {
  if (blamed !== undefined) return 'Look at the line that was running, then reload.';
  const isNamed = frames.some(frame => frame.image === suspect && !frame.function.startsWith('0x'));
  if (suspect === undefined || isNamed) return 'Read the backtrace.';
  return 'Read the report; the boot argument keepsyms=1 has the kernel print the names of functions.';
}

function evidenceOf({ path, copy }: PanicReportFile, { target }: LoadedKextFacts): Evidence {
  return { text: `panic report ${path} of ${target}`, position: { file: copy, line: 1, column: 1 } };
}

/** The frames, innermost first; a recursion is told once, with how often it went on. */
function backtrace(frames: readonly PanicFrame[]): readonly Evidence[] {
  const told: Evidence[] = [];
  let again = 0;
  for (const [at, frame] of frames.entries()) {
    if (at > 0 && sameFrame(frame, frames[at - 1])) again += 1;
    else told.push({ text: `${frame.image}: ${frame.function}`, ...(frame.position && { position: frame.position }) });
    if (again > 0 && !sameFrame(frame, frames[at + 1])) {
      told.push({ text: `… the same ${count(again, 'time')} more` });
      again = 0;
    }
  }
  return told;
}

function sameFrame(frame: PanicFrame, other: PanicFrame | undefined): boolean {
  return (
    frame.image === other?.image && frame.function === other.function && frame.position?.line === other.position?.line
  );
}

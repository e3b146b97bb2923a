import type { Panic, PanicFrame } from '../tools/target.ts';
import { count } from './count.ts';
import type { Diagnosis, Evidence } from './diagnosis.ts';
import type { LoadedKextFacts } from './loadFailure.ts';
import { capital } from './sentence.ts';

/** The target panicked during an operation. The innermost frame with a source line is where to look. */
export function panicked(kext: LoadedKextFacts, panic: Panic): Diagnosis {
  const blamed = panic.frames.find(frame => frame.position !== undefined);
  const anchor = blamed?.position ?? kext.identifierPosition;
  const place = blamed === undefined ? '' : `, in ${blamed.function.replace(/\(.*$/, '')}()`;
  return {
    about: 'load',
    cause: 'panicked',
    severity: 'error',
    message: `${capital(kext.target)} panicked: ${panic.reason}${place}. It has restarted.`,
    evidence: backtrace(panic.frames),
    holders: [],
    remedy: blamed === undefined ? 'Read the backtrace.' : 'Look at the line that was running, then reload.',
    certainty: 'certain',
    ...(anchor === undefined ? {} : { anchor }),
  };
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

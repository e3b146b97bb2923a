import { nestedFunctionName } from '../bundle/nestedName.ts';
import type { SourcePosition } from '../model/sourcePosition.ts';
import type { PanicLog, PanicLogFrame } from '../tools/panicLog.ts';
import type { Diagnosis } from './diagnosis.ts';
import { suspectedKext } from './suspectedKext.ts';

/** Where a panic log can point to in the source. */
export interface PanicPlaces {
  readonly declarationOf: (className: string) => SourcePosition | undefined;
  readonly identifierPosition: (bundleIdentifier: string) => SourcePosition | undefined;
}

/**
 * What a saved panic log says: which kext's code was running, of those that are not Apple's, and in which of its functions, as
 * far as the kernel printed names. On the class of that function, else on the identifier.
 */
export function panickedByLog(panic: PanicLog, { declarationOf, identifierPosition }: PanicPlaces): Diagnosis {
  const suspect = suspectedKext(panic);
  const named = suspect?.frames.map(functionIn).find(each => each !== undefined);
  const { kext } = suspect ?? {};
  const [className] = named ?? [];
  const anchor =
    (className === undefined ? undefined : declarationOf(className)) ??
    (kext === undefined ? undefined : identifierPosition(kext.name));
  const running = named === undefined ? kext?.name : `${named.join('::')}() of ${kext?.name}`;
  return {
    about: 'load',
    cause: 'panicked',
    severity: 'error',
    message: `The Mac panicked${running === undefined ? ", and no kext but Apple's was running" : ` while ${running} was running`}.`,
    evidence: evidenceOf(panic).map(text => ({ text })),
    holders: [],
    remedy: remedyFor(kext !== undefined, named !== undefined),
    certainty: kext === undefined ? 'possible' : 'likely',
    ...(anchor === undefined ? {} : { anchor }),
  };
}

/** The class, or what else encloses it, and the function. */
function functionIn({ symbol }: PanicLogFrame): readonly string[] | undefined {
  return symbol === undefined ? undefined : nestedFunctionName(symbol);
}

function evidenceOf(panic: PanicLog): readonly string[] {
  const { reason, process, pid, systemVersion, lastUnloadedKext } = panic;
  const suspect = suspectedKext(panic);
  const of = pid === undefined ? '' : ` (pid ${pid})`;
  return [
    ...(reason === undefined ? [] : [reason]),
    ...(suspect?.frames ?? []).map(({ text }) => text.trim()),
    ...(suspect === undefined ? [] : [suspect.kext.text.trim()]),
    ...(process === undefined ? [] : [`process ${process}${of}`]),
    ...(systemVersion === undefined ? [] : [`macOS build ${systemVersion}`]),
    ...(lastUnloadedKext === undefined ? [] : [`last ${lastUnloadedKext.what}: ${lastUnloadedKext.name}`]),
  ];
}

function remedyFor(suspected: boolean, named: boolean): string {
  if (!suspected) return 'Read the reason and the backtrace: what an earlier driver has damaged shows in other code.';
  return named
    ? 'Look at that function, and at what it was given.'
    : "Symbolicate the addresses of its frames with the dSYM of that UUID (atos -o … -l …); the boot argument keepsyms=1 has the kernel print the functions' names.";
}

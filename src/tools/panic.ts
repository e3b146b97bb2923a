/**
 * A panic log, of any macOS since 10.2: a .panic or .crash file, the text of an .ips file, a copy of either. Accepted:
 *   panic(cpu 0 caller 0xfffffe00135220bc): "a reason" @Pump.cpp:12     (no caller in 10.2; the reason may have more lines)
 *   Unresolved kernel trap(cpu 0): 0x300 - Data access DAR=0x000000000DEFACF7 PC=0x00000000007A2260
 *       Backtrace: 0x01BC80AC 0x007A1D48                                (PowerPC; or on the lines below)
 *   0x2585bc70 : 0x4cd64044 (0x4cd60048 0x7150010 0x10 0x25850010)      (i386)
 *   0xffffff81f0423c70 : 0xffffff7f8353155c org.sample.driver.Pump : __ZN4Pump5startEP9IOService + 0x6c
 *                 lr: 0xfdc0fe00148e2af8  fp: 0xfffffe8820216610        (arm64)
 *         Kernel Extensions in backtrace:                               (`Kernel loadable modules in …` until 10.5)
 *            org.sample.driver.Pump(1.0)[UUID]@0x1000->0x1fff           (see panicKexts.ts)
 *               dependency: com.apple.iokit.IOPCIFamily(2.9)[UUID]@0x3000
 *   BSD process name corresponding to current thread: kernel_task
 *   Mac OS version:  /  OS version: 22G91                               (the value on the line, or on the next)
 *   last loaded kext at 4711: org.sample.driver.Pump	1.0 (addr 0xffffff7f83528000, size 32768)
 *   loaded kexts:                                                       (then a name and a version a line, or `(none)`)
 *   {"bug_type":"210", …}                                               (an .ips file, see panicIps.ts)
 * Every other line of a panic is among its details.
 */

import { panicAssembler } from './panic/panicAssembly.ts';
import { emptyDraft, finished } from './panic/panicDraft.ts';
import { type PanicIps, panicIpsTaker } from './panic/panicIps.ts';
import { certainLine, panicLineReader } from './panic/panicLine.ts';
import type { PanicLog } from './panicLog.ts';
import { lastAnswer } from './text/lastAnswer.ts';
import { type Line, linesOf } from './text/lines.ts';
import { isNoise } from './text/noise.ts';
import type { LineNotUnderstood, ParsedText } from './text/parsedText.ts';

/** The panics of a text, in order. What belongs to none of them is not understood. */
export function parsePanic(text: string): ParsedText<PanicLog> {
  const lines = linesOf(text);
  const records: PanicLog[] = [];
  const strangers = new Uint8Array((lines.at(-1)?.line ?? 0) + 1);
  const takeIps = panicIpsTaker();
  const panicLines = panicLineReader();
  const assembler = panicAssembler(
    panic => records.push(panic),
    ({ line }) => {
      strangers[line] = 1;
    },
  );
  for (let at = 0; at < lines.length; ) {
    const line = lines[at] as Line;
    const ips = takeIps(lines, at);
    if (ips) {
      assembler.end();
      for (const panic of panicsOf(ips, line)) records.push(panic);
    } else for (const each of panicLines(line)) assembler.take(each);
    at += ips?.taken ?? 1;
  }
  assembler.end();
  return accounted(lines, records, strangers);
}

/** `strangers` has a 1 at the number of each line that belongs to no panic. */
function accounted(
  lines: readonly Line[],
  records: readonly PanicLog[],
  strangers: Readonly<Uint8Array>,
): ParsedText<PanicLog> {
  const notices: string[] = [];
  const notUnderstood: LineNotUnderstood[] = [];
  const isNotice = lastAnswer(isNoise);
  for (const line of lines) {
    if (strangers[line.line] !== 1) continue;
    if (isNotice(line.text)) notices.push(line.text);
    else notUnderstood.push(line);
  }
  const recordLines = lines.length - notices.length - notUnderstood.length;
  return { records, recordLines, notices, notUnderstood };
}

/** The panics of an .ips file; whatever its string holds is the first's, which has the rest of the report too. */
function panicsOf(ips: PanicIps, { line }: Line): readonly PanicLog[] {
  const panics = ips.panicStrings.flatMap(text => wholePanics(text, line));
  return panics.map((panic, at) => (at === 0 ? { ...panic, report: ips.report } : panic));
}

function wholePanics(text: string, line: number): readonly PanicLog[] {
  const panics: PanicLog[] = [];
  const strangers: string[] = [];
  const assembler = panicAssembler(
    panic => panics.push(panic),
    stranger => strangers.push(stranger.text),
  );
  for (const each of linesOf(text)) assembler.take(certainLine({ line, text: each.text }));
  assembler.end();
  const [first, ...rest] = panics;
  if (!first) return [panicOfUnknownForm(text, line)];
  return [{ ...first, details: [...strangers, ...first.details] }, ...rest];
}

/** The file says that it is a panic, so it is one, and its text is all that is known. */
function panicOfUnknownForm(text: string, line: number): PanicLog {
  const details = linesOf(text).map(each => each.text);
  return { ...finished(emptyDraft(line)), reason: text.trim(), details };
}

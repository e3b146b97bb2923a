/**
 * kextstat(8), and kmutil showloaded(8) with the same columns. Accepted:
 *   Index Refs Address            Size       Wired      Name (Version) UUID <Linked Against>
 *     178    0 0xffffff7f83795000 0x65000    0x65000    org.sample.driver.Pump (1.2.0d1) 7E06746D-… <106 105 6 5 3 1>
 *      74    0 0xffffff7f808ee000 0xb000     0xb000     org.sample.driver.Pump (1.2.0d1) <73 34 5 4 3>   (before 10.11)
 *      23    2 0xb007000  0x6000     0x5000     org.sample.driver.Pump (1.1.0) <12>                      (32 bits)
 *       1  142 0                  0          0          com.apple.kpi.bsd (20.5.0) 52A1E876-… <>          (11 and later)
 *   with `-a` an architecture before the name (`x86_64`, `0x01000007/0x3`, `????/????`); `??`, `????` and `no UUID` where the
 *   kernel did not say; `<…>` may be missing, empty, or hold `??`; with `-l`, or cut out of a list, there is no header
 *   Couldn't get list of loaded kexts from kernel.
 *   Failed to read loaded kext info from kernel - (libkern/kext) not privileged.      (the kext library, before it)
 *   usage: kextstat [-a] [-k] [-l] [-b bundle_id] ...                                 (usage.ts)
 */
import type { Kext } from '../model/kext.ts';
import { isKextstatHeader, KextRowReader } from './kext/kextRow.ts';
import { kextLibraryTemplates } from './messages/kextLibraryTemplates.ts';
import { kextloadTemplates } from './messages/kextloadTemplates.ts';
import { kextTroubleTemplates } from './messages/kextTroubleTemplates.ts';
import { requireWholeAnswer } from './port/answer.ts';
import type { ToolCommand } from './port/toolCommand.ts';
import { UnknownToolText } from './port/toolErrors.ts';
import { isNoise } from './text/noise.ts';
import type { LineNotUnderstood, ParsedText } from './text/parsedText.ts';

/** Lists every kext that the kernel holds. Throws UnknownToolText where not one row could be read. */
export function kextstat(): ToolCommand<readonly Kext[]> {
  return {
    tool: 'kextstat',
    argv: [],
    asRoot: false,
    timeoutMs: 30_000,
    parse: output => {
      requireWholeAnswer('kextstat', expected, output);
      const { records } = parseKextstat(output.stdout);
      if (records.length === 0) throw new UnknownToolText('kextstat', expected, output);
      return records;
    },
  };
}

const expected = 'a list of loaded kexts';

/** Rows of kextstat or kmutil showloaded, with or without their header. */
export function parseKextstat(text: string): ParsedText<Kext> {
  const rows = new KextRowReader(text);
  const records: Kext[] = [];
  const notices: string[] = [];
  const notUnderstood: LineNotUnderstood[] = [];
  for (let start = 0, line = 1; start <= text.length; line += 1) {
    const kext = rows.read(start);
    if (kext) {
      records.push(kext);
      start = rows.end + 1;
      continue;
    }
    const next = text.indexOf('\n', start);
    const end = next < 0 ? text.length : next;
    const other = text.slice(start, next > start && text[end - 1] === '\r' ? end - 1 : end);
    if (other.trim() === '') {
      // Blank lines say nothing.
    } else if (isKextstatNotice(other)) notices.push(other);
    else notUnderstood.push({ line, text: other });
    start = end + 1;
  }
  return { records, recordLines: records.length, notices, notUnderstood };
}

/** True for what stands around the rows and says nothing of a kext. */
export function isKextstatNotice(text: string): boolean {
  return isNoise(text) || isKextstatHeader(text) || titleInReport.test(text);
}

/** The same table stands inside a report of the whole system. */
const titleInReport = /^Kextstat:\s*$/;

/** kextstat's word on a kernel that did not answer (kext_tools, kextstat_main.c). */
export const kextstatFailureTemplates = {
  notListed: ["Couldn't get list of loaded kexts from kernel."],
  optionsWrong: ['Extra arguments starting at {*}....'],
  optionUnknown: kextloadTemplates.optionUnknown.map(each => `kextstat: ${each}` as const),
  kernelNotAsked: kextTroubleTemplates.kernelNotAsked,
  notCommunicated: kextTroubleTemplates.notCommunicated,
  kernelRequestFailed: kextLibraryTemplates.kernelRequestFailed,
} as const;

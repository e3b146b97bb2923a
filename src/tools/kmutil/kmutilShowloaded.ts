/**
 * kmutil showloaded(8), whatever its options: the rows of kextstat (kextstat.ts), or an error of kmutil (kmutilErrors.ts).
 *   No variant specified, falling back to release
 *   Index Refs Address            Size       Wired      Name (Version) UUID <Linked Against>
 *     160    0 0xffffff8004a01000 0xff9      0xff9      org.sample.driver.Pump (1.5) 9386E594-B482-3683-A4C7-D2A6FF58C909 <24 5 3>
 */
import type { Kext } from '../../model/kext.ts';
import { readKextRow } from '../kext/kextRow.ts';
import { isKextstatNotice } from '../kextstat.ts';
import { parseBlocks } from '../text/lines.ts';
import type { ParsedText } from '../text/parsedText.ts';
import { type KmutilError, takeKmutilError } from './kmutilErrors.ts';

/** What kmutil showloaded wrote on both of its streams. */
export function parseKmutilShowloaded(text: string): ParsedText<Kext | KmutilError> {
  return parseBlocks<Kext | KmutilError>(
    text,
    (lines, at) => {
      const kext = readKextRow(lines[at]?.text ?? '');
      if (kext) return { records: [kext], taken: 1 };
      const kmutil = takeKmutilError(lines, at);
      return kmutil && { records: [kmutil.error], taken: kmutil.taken };
    },
    isKextstatNotice,
  );
}

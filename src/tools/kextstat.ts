/**
 * kextstat(8), and kmutil showloaded(8) with the same columns. Accepted:
 *   Index Refs Address            Size       Wired      Name (Version) UUID <Linked Against>
 *     178    0 0xffffff7f83795000 0x65000    0x65000    org.sample.driver.Pump (1.2.0d1) 7E06746D-… <106 105 6 5 3 1>
 *      74    0 0xffffff7f808ee000 0xb000     0xb000     org.sample.driver.Pump (1.2.0d1) <73 34 5 4 3>   (before 10.11)
 *      23    2 0xb007000  0x6000     0x5000     org.sample.driver.Pump (1.1.0) <12>                      (32 bits)
 *       1  142 0                  0          0          com.apple.kpi.bsd (20.5.0) 52A1E876-… <>          (11 and later)
 *   with `-a` an architecture before the name; `??`, `????` and `no UUID` where the kernel did not say; `<…>` may be missing
 */
import type { Kext } from '../model/kext.ts';
import { requireWholeAnswer } from './answer.ts';
import { type Line, parseLines } from './lines.ts';
import { isNoise } from './noise.ts';
import type { ParsedText } from './parsedText.ts';
import type { ToolCommand } from './toolCommand.ts';
import { UnknownToolText } from './toolErrors.ts';

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

const count = String.raw`(\d+|\?\?)`;
const number = String.raw`(0x[0-9a-fA-F]+|0|\?{2,4})`;
const row = new RegExp(
  String.raw`^\s*${count}\s+${count}\s+${number}\s+${number}\s+${number}\s+(?:(\S+)\s+)?(\S+) \(([^)]*)\)` +
    String.raw`(?:\s+(no UUID|[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}))?(?:\s+<([^<>]*)>)?\s*$`,
);

/** Rows of kextstat or kmutil showloaded, with or without their header. */
export function parseKextstat(text: string): ParsedText<Kext> {
  return parseLines(text, readRow, isNotice);
}

function isNotice(text: string): boolean {
  return (
    isNoise(text) ||
    /^\s*Index\s+Refs\s+Address\s+Size\s+Wired\s.*Name \(Version\)/.test(text) ||
    /^Kextstat:$/.test(text)
  );
}

function readRow({ text }: Line): Kext | undefined {
  const match = row.exec(text);
  if (!match) return undefined;
  const [, index, references, address, size, wired, architecture, name = '', version = '', uuid, linked] = match;
  return {
    bundleIdentifier: name,
    version,
    index: decimal(index),
    references: decimal(references),
    address: hexadecimal(address),
    size: hexadecimal(size),
    wired: hexadecimal(wired),
    architecture: architecture?.startsWith('?') ? undefined : architecture,
    uuid: uuid === 'no UUID' ? undefined : uuid?.toUpperCase(),
    linkedAgainst: linked === undefined ? undefined : indexes(linked),
  };
}

/** An index that the kernel did not know stands as `??` and names nothing. */
function indexes(linked: string): readonly number[] {
  return linked
    .split(/\s+/)
    .filter(word => /^\d+$/.test(word))
    .map(Number);
}

function decimal(text: string | undefined): number | undefined {
  return text === undefined || text.startsWith('?') ? undefined : Number(text);
}

function hexadecimal(text: string | undefined): bigint | undefined {
  return text === undefined || text.startsWith('?') ? undefined : BigInt(text);
}

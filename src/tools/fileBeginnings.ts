/**
 * od(1) by find(1), for the first bytes of the files in a folder, each file's from 0 on (blanks as macOS has them; GNU's od has fewer):
 *   0000000    cf  fa  ed  fe  07  00  00  01  03  00  00  00  0b  00  00  00
 *   0000016    0c  00  00  00
 *   0000020
 */

import { requireAbsolute } from './fileTools.ts';
import { requireWholeAnswer } from './port/answer.ts';
import type { ToolCommand } from './port/toolCommand.ts';

/** The load commands of an executable, and of a fat one most of those of its slices. */
const bytesOfEach = 65_536;

/** The beginning of each file in a folder and below it, in no particular order; none where the folder is not there. */
export function fileBeginnings(folder: string): ToolCommand<readonly Uint8Array[]> {
  return {
    tool: 'find',
    argv: [
      requireAbsolute(folder),
      '-type',
      'f',
      '-exec',
      'od',
      '-A',
      'd',
      '-v',
      '-t',
      'x1',
      '-N',
      String(bytesOfEach),
      '{}',
      ';',
    ],
    asRoot: false,
    timeoutMs: 30_000,
    parse: output => {
      requireWholeAnswer('find', 'bytes in hexadecimal', output);
      return parseOd(output.stdout);
    },
  };
}

/** The bytes of the dumps in `text`, one for each that begins at 0; a line that is none ends what is before it. */
export function parseOd(text: string): readonly Uint8Array[] {
  const files: number[][] = [];
  for (const line of text.split('\n')) {
    const [address = '', ...bytes] = line.trim().split(/ +/);
    if (!/^\d{7,}$/.test(address) || !bytes.every(byte => /^[0-9a-f]{2}$/.test(byte))) continue;
    if (Number(address) === 0 && bytes.length > 0) files.push([]);
    const file = files.at(-1);
    if (file?.length === Number(address)) for (const byte of bytes) file.push(Number.parseInt(byte, 16));
  }
  return files.map(file => Uint8Array.from(file));
}

import { parseClang } from './clang.ts';
import { parseIoclasscount } from './ioclasscount.ts';
import { parseIoregTree } from './ioreg.ts';
import { parseIoregArchive } from './ioregArchive.ts';
import { parseKextload } from './kextload.ts';
import { parseKextstat } from './kextstat.ts';
import { parseKextunload } from './kextunload.ts';
import type { ParsedText } from './parsedText.ts';

/** The parser of each tool's text, by the name that the `parse` command takes. */
export const parsers: Readonly<Record<string, (text: string) => ParsedText<unknown>>> = {
  kextstat: parseKextstat,
  'kmutil-showloaded': parseKextstat,
  kextunload: parseKextunload,
  kextload: parseKextload,
  ioclasscount: parseIoclasscount,
  ioreg: parseIoregTree,
  'ioreg-archive': parseIoregArchive,
  clang: parseClang,
};

import { parseClang } from './clang.ts';
import { parseIoclasscount } from './ioclasscount.ts';
import { parseIoregTree } from './ioreg.ts';
import { parseIoregArchive } from './ioregArchive.ts';
import { parseKernelLog, parseSystemLog } from './kernelLog.ts';
import { parseKextcache } from './kextcache.ts';
import { parseKextlibs } from './kextlibs.ts';
import { parseKextload } from './kextload.ts';
import { parseKextstat } from './kextstat.ts';
import { parseKextunload } from './kextunload.ts';
import { parseKextutil } from './kextutil.ts';
import { parseKmutil } from './kmutil.ts';
import { parseKmutilShowloaded } from './kmutilShowloaded.ts';
import { parsePanic } from './panic.ts';
import type { ParsedText } from './parsedText.ts';
import { parseXcodebuild } from './xcodebuild.ts';

/** The parser of each tool's text, by the name that the `parse` command takes. */
export const parsers: Readonly<Record<string, (text: string) => ParsedText<unknown>>> = {
  kextstat: parseKextstat,
  'kmutil-showloaded': parseKmutilShowloaded,
  kextunload: parseKextunload,
  kextload: parseKextload,
  kextutil: parseKextutil,
  kmutil: parseKmutil,
  kextlibs: parseKextlibs,
  kextcache: parseKextcache,
  ioclasscount: parseIoclasscount,
  ioreg: parseIoregTree,
  'ioreg-archive': parseIoregArchive,
  'kernel-log': parseKernelLog,
  'system-log': parseSystemLog,
  clang: parseClang,
  xcodebuild: parseXcodebuild,
  panic: parsePanic,
};

import { parseClang } from './clang.ts';
import { ioclasscountFailureTemplates, parseIoclasscount } from './ioclasscount.ts';
import { ioregFailureTemplates, parseIoregTree } from './ioreg.ts';
import { parseIoregArchive } from './ioregArchive.ts';
import { parseKernelLog, parseSystemLog } from './kernelLog.ts';
import { parseKextcache } from './kextcache.ts';
import { parseKextlibs } from './kextlibs.ts';
import { parseKextload } from './kextload.ts';
import { kextstatFailureTemplates, parseKextstat } from './kextstat.ts';
import { parseKextunload } from './kextunload.ts';
import { parseKextutil } from './kextutil.ts';
import { parseKmutilShowloaded } from './kmutil/kmutilShowloaded.ts';
import { parseKmutil } from './kmutil.ts';
import { parsePanic } from './panic.ts';
import { withFailures } from './text/failureLines.ts';
import { readUnindented } from './text/indent.ts';
import type { ParsedText } from './text/parsedText.ts';
import { parseXcodebuild } from './xcodebuild.ts';

const ofTools: Readonly<Record<string, (text: string) => ParsedText<unknown>>> = {
  kextstat: withFailures(parseKextstat, kextstatFailureTemplates),
  'kmutil-showloaded': withFailures(parseKmutilShowloaded, kextstatFailureTemplates),
  kextunload: parseKextunload,
  kextload: parseKextload,
  kextutil: parseKextutil,
  kmutil: parseKmutil,
  kextlibs: parseKextlibs,
  kextcache: parseKextcache,
  ioclasscount: withFailures(parseIoclasscount, ioclasscountFailureTemplates),
  ioreg: withFailures(parseIoregTree, ioregFailureTemplates),
  'ioreg-archive': withFailures(text => parseIoregArchive(text), ioregFailureTemplates),
  'kernel-log': parseKernelLog,
  'system-log': parseSystemLog,
  clang: parseClang,
  xcodebuild: parseXcodebuild,
  panic: parsePanic,
};

/** The parser of each tool's text, by the name that the `parse` command takes. A text may be set in as a whole. */
export const parsers: typeof ofTools = Object.fromEntries(
  Object.entries(ofTools).map(([tool, parse]) => [tool, readUnindented(parse)]),
);

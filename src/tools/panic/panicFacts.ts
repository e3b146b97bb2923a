import type { PanicLogFrame, PanicLogLastKext } from '../panicLog.ts';
import { readAddresses, readFrame } from './panicFrames.ts';
import { type PanicKextLine, readKextLine, readLastKext } from './panicKexts.ts';
import type { PanicLine } from './panicLine.ts';

/** The lists of a panic log, of which each line counts only below its title. */
export type PanicList = 'backtrace' | 'addresses' | 'kexts' | 'loaded' | 'unloaded';

/** Fields whose value stands on their title's line or on the next. */
export type PanicField = 'systemVersion' | 'kernelVersion' | 'bootArgs';

/** What one line of a panic log says. */
export type PanicFact =
  | { readonly is: 'panic'; readonly cpu: number; readonly caller: bigint | undefined; readonly reason: string }
  | { readonly is: 'trap'; readonly reason: string }
  /** A line above the panic: when, on which machine. */
  | { readonly is: 'head' }
  /** A line of a damaged .ips file around the string that holds the panic. */
  | { readonly is: 'member' }
  | { readonly is: 'separator' }
  | { readonly is: 'title'; readonly list: PanicList; readonly frames?: readonly PanicLogFrame[] }
  | { readonly is: 'frame'; readonly frame: PanicLogFrame }
  | { readonly is: 'kext'; readonly line: PanicKextLine }
  | { readonly is: 'lastKext'; readonly kext: PanicLogLastKext }
  | { readonly is: 'field'; readonly field: PanicField; readonly value: string }
  | { readonly is: 'process'; readonly process: string; readonly pid: number | undefined }
  /** A line that no other text has. */
  | { readonly is: 'own' }
  | { readonly is: 'register' }
  /** A line that may be a panic's where one has begun. */
  | { readonly is: 'weak' };

const started =
  /^panic ?\(cpu (\d{1,3})(?: caller (0x[\da-f]{1,8}(?:[\da-f]{1,8}|[\da-f]{0,8} [\da-f]{1,8})?))?\):?(?: (.*))?$/i;
const titles: readonly (readonly [PanicList, RegExp])[] = [
  ['kexts', /^Kernel (?:loadable modules|Extensions) in backtrace\b/i],
  ['backtrace', /^Backtrace(?: \(CPU|, Format)/],
  ['backtrace', /^Panicked thread: 0x/],
  ['addresses', /^Backtrace(?:: *$| continues)/],
  ['loaded', /^loaded kexts:/i],
  ['unloaded', /^unloaded kexts:/i],
];
const fields: readonly (readonly [PanicField, RegExp])[] = [
  ['systemVersion', /^(?:Mac )?OS version:/],
  ['kernelVersion', /^Kernel version:/],
  ['bootArgs', /^Boot args:/],
];
const heads: readonly RegExp[] = [
  /^\*\*\* Panic Report \*\*\*$/,
  /^(?:Anonymous UUID|Interval Since Last Panic Report|Panics Since Last Report|Crash ?Reporter Key):/,
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]* [A-Z][a-z]{2} +\d{1,2} \d\d:\d\d:\d\d (?:[A-Z]{2,4} )?\d{4}$/,
];
const member = /^(?:[{}]$|\{?"[A-Za-z_]{1,40}" ?: ?\S)/;

/** What the line says, `list` being the list in which it stands; undefined where nothing shows that a panic log has it. */
export function readPanicFact({ text, bare }: PanicLine, list: PanicList | undefined): PanicFact | undefined {
  const start = started.exec(bare);
  if (start) return panicFact(start);
  if (/^Unresolved kernel trap ?\(cpu /i.test(bare)) return { is: 'trap', reason: bare };
  if (/^\*{5,}$/.test(bare)) return { is: 'separator' };
  if (heads.some(pattern => pattern.test(bare))) return { is: 'head' };
  if (member.test(bare)) return { is: 'member' };
  return readKexts(text, bare, list) ?? readFrames(text, bare, list) ?? readField(bare) ?? readOther(bare);
}

function panicFact([, cpu, caller, reason]: RegExpExecArray): PanicFact {
  const address = caller === undefined ? undefined : BigInt(caller.replaceAll(' ', ''));
  return { is: 'panic', cpu: Number(cpu), caller: address, reason: reason ?? '' };
}

function readKexts(text: string, bare: string, list: PanicList | undefined): PanicFact | undefined {
  const title = titles.find(([, pattern]) => pattern.test(bare))?.[0];
  if (title !== undefined) return { is: 'title', list: title };
  const line = readKextLine(text, bare, list === 'kexts');
  if (line) return { is: 'kext', line };
  const kext = readLastKext(bare);
  return kext && { is: 'lastKext', kext };
}

function readFrames(text: string, bare: string, list: PanicList | undefined): PanicFact | undefined {
  const frame = readFrame(text, bare);
  if (frame) return { is: 'frame', frame };
  if (list !== 'addresses' && !bare.startsWith('Backtrace:')) return undefined;
  const frames = readAddresses(bare);
  return frames && { is: 'title', list: 'addresses', frames };
}

const named = /^(?:BSD )?process name corresponding to current thread(?: \(0x[\da-f]+\))?: *(.*)$/i;
const task = /^Panicked task 0x[\da-f]+:.*? pid (\d{1,9}): *(.*)$/;

function readField(bare: string): PanicFact | undefined {
  for (const [field, pattern] of fields) {
    const title = pattern.exec(bare)?.[0];
    if (title !== undefined) return { is: 'field', field, value: bare.slice(title.length).trim() };
  }
  const process = named.exec(bare);
  if (process) return { is: 'process', process: process[1] ?? '', pid: undefined };
  const panicked = task.exec(bare);
  return panicked ? { is: 'process', process: panicked[2] ?? '', pid: Number(panicked[1]) } : undefined;
}

const own: readonly RegExp[] = [
  /^(?:Latest (?:crash info|stack backtrace) for cpu|Exception state \(sv=|PC=0x|previously dumped as |Proceeding back via exception chain)/,
  /^(?:Backtrace:?|kmod (?:dependency )?scan stopped|Kext scan stopped)/,
  /^(?:Debugger (?:called|message):|Memory ID:|OS release type:|Paniclog version:|Panicked task 0x|panic: We are hanging here)/,
  /^(?:Fileset )?Kernel(?: ?Cache)? (?:UUID|slide|base|text (?:base|exec \w+)) *:/i,
  /^(?:__HIB +text base|KernelCache base|mach_absolute_time|Epoch Time|secure boot\?|roots installed|Boot session UUID) *:/,
  /^iBoot (?:Stage \d )?version:/,
  /^System (?:model name|shutdown begun|uptime in nanoseconds):/,
  /^(?:Panic diags file available|Hibernation exit count|Last Sleep|Compressor Info|Zone info):/,
  /^(?:Uptime|Boot|Sleep|Wake|Calendar) *: +0x/,
  /^(?:\. )?[A-Za-z][\w ]{0,20} *: +(?:0x[\da-f]+|0) - (?:0x[\da-f]+|0)$/,
  /^(?:CORE \d+|TPIDRx_ELy|(?:\*\* ?)?(?:In Memory Panic )?Stackshot )/,
  /^Attempting system restart/,
];
const register =
  /^(?:[CER][A-Z\d]{1,3}|x\d{1,2}|r\d{1,2}|pc|lr|fp|sp|cpsr|esr|far):\s+0x[\da-f]|^(?:Fault CR2|Error code): ?0x/i;
// A name of up to five words with a value behind it, as in the system's profile at the end, or nothing but numbers.
const weak: readonly RegExp[] = [
  /^[A-Z_][\w()#.'/?!-]{0,60}(?: +[\w()#.'/?!-]{1,60}){0,4} *:\s+\S/,
  /^(?:0x[\da-f]+[\s,;:]*)+$/i,
  /^(?:EOF|[}\]],?)$/,
];

function readOther(bare: string): PanicFact | undefined {
  if (own.some(pattern => pattern.test(bare))) return { is: 'own' };
  if (register.test(bare)) return { is: 'register' };
  return weak.some(pattern => pattern.test(bare)) ? { is: 'weak' } : undefined;
}

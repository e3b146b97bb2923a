/**
 * OSReportWithBacktrace() (xnu: libkern/c++/OSRuntime.cpp): a driver's message, cut at 127 bytes, and who called it. Accepted
 * as one event, or as lines of dmesg that follow each other:
 *   Pump: pressure below zero
 *   Backtrace 0xffffff7f8c5e1a2b 0xffffff7f8c5e1c00 0xffffff7f8c5e2222 0x0 0x0 0x0 0x0
 *         Kernel Extensions in backtrace:
 *            org.sample.driver.Pump(1.2)[5E6F0000-1111-2222-3333-444455556666]@0xffffff7f8c5e0000->0xffffff7f8c5effff
 *               dependency: com.apple.iokit.IOPCIFamily(2.9)[5E6F0001-1111-2222-3333-444455556666]@0xffffff7f8bc00000
 * The addresses are those of the link, without the kernel's slide.
 */

/** A kext of whose code one of the addresses is. */
export interface KextInBacktrace {
  readonly bundleIdentifier: string;
  readonly version: string;
  readonly uuid: string | undefined;
  /** The first and the last byte, unslid. */
  readonly start: bigint | undefined;
  readonly end: bigint | undefined;
  /** The bundle identifiers of what it is linked against. */
  readonly dependencies: readonly string[];
}

export interface BacktraceReport {
  /** Unslid, the innermost first; the fill of a short stack is left out. */
  readonly addresses: readonly bigint[];
  readonly kexts: readonly KextInBacktrace[];
}

const backtrace = /^\s*Backtrace((?: 0x[0-9a-f]{1,16})+)\s*$/;
const title = /^\s*Kernel (?:Extensions|loadable modules) in backtrace\b.*:\s*$/;
const item =
  /^\s*(dependency: )?([\w.-]+)\(([^()]*)\)(?:\[([0-9A-F-]{36})\])?(?: ?@(0x[0-9a-f]{1,16})(?:->(0x[0-9a-f]{1,16}))?)?\s*$/;

/** True where the line begins a report behind the message, or `inReport` goes on with one. */
export function backtraceLine(line: string, inReport: boolean): boolean {
  return backtrace.test(line) || (inReport && (title.test(line) || item.test(line)));
}

/** The report in a message; undefined where the message has none. */
export function backtraceReport(message: string): BacktraceReport | undefined {
  if (!message.includes('Backtrace 0x')) return undefined;
  const lines = message.split('\n');
  const at = lines.findIndex(line => backtrace.test(line));
  const addresses =
    backtrace
      .exec(lines[at] ?? '')?.[1]
      ?.trim()
      .split(' ')
      .map(BigInt) ?? [];
  if (addresses.length === 0) return undefined;
  const kexts: (KextInBacktrace & { dependencies: string[] })[] = [];
  for (const line of lines.slice(at + 1)) {
    const [, dependency, name = '', version = '', uuid, start, end] = item.exec(line) ?? [];
    if (name === '') continue;
    if (dependency !== undefined) kexts.at(-1)?.dependencies.push(name);
    else
      kexts.push({ bundleIdentifier: name, version, uuid, start: address(start), end: address(end), dependencies: [] });
  }
  return { addresses: addresses.filter(each => each !== 0n), kexts };
}

function address(text: string | undefined): bigint | undefined {
  return text === undefined ? undefined : BigInt(text);
}

/**
 * system.log, syslog(1), and what the Console gives when it is copied, its dates in the user's language. Accepted:
 *   Jul  6 11:50:10 sample-mac.local com.apple.kextd[20]: Can't load /tmp/Pump.kext - failed to resolve dependencies.
 *   Jul  6 11:50:10 sample-mac kernel[0] <Notice>: Pump: valve stuck
 *   Jul  6 11:50:10 sample-mac com.apple.xpc.launchd[1] (org.sample.pumpd[77]): Service exited
 *   Jul  6 11:50:10 --- last message repeated 3 times ---
 *   sample-mac kernel[0]: Pump: valve stuck                        (the date cut off)
 *   kernel[0]: (Pump) Pump: valve stuck                            (a row of log(1), with its sender)
 *   kernel: (Pump) Pump: valve stuck                               (the same in its default style)
 *   2023-10-08 11:56:23+08 sample-mac installd[842]: PackageKit: Executing script "postinstall"        (install.log)
 *   3/14/16 9:26:53.000 AM kernel[0]: Pump: valve stuck
 *   27.3.16 23:44:52.636 kernel[0]: Pump: valve stuck
 *   Oct 22, 2018, 7:16:19 PM kernel[0]: Pump: valve stuck
 *   22 oct. 2018 à 19:16:19 kernel[0]: Pump: valve stuck           (and other languages' words around the numbers)
 */
import type { LogHead } from './logEvent.ts';
import { withSender } from './logSender.ts';

const date = String.raw`(?:\p{L}{1,10}[.,]{0,2}\s{1,2}){0,2}\d[\p{L}\d./-]{0,12}[.,]?\s{1,2}(?:[\p{L}\d]{1,10}[.,]{0,2}\s{1,2}){0,3}`;
const time = String.raw`\d{1,2}[:.]\d\d[:.]\d\d(?:[.,]\d{1,6})?(?:\s?[+-]\d{2}(?:\d{2})?)?(?:\s[AaPp]\.?\s?[Mm]\.?)?(?:\s\d{4})?`;
const stamp = new RegExp(`^((?:${date})?${time})\\s+`, 'u');
const origin = /^(?:([^\s[\]]+) )?([^[\]:]+)\[(\d+)\]\s?(?:\([^()]*\))?(?: ?<([A-Za-z]\w*)>)?: ?([\s\S]*)$/;
const repeated = /^--- last message repeated (\d+) times? ---\s*$/;

// Only the kernel is known without its number: whatever a driver writes may begin with a word and a colon.
const ofKernel = /^kernel: ([\s\S]*)$/;

/** What the row says; undefined where it is none. A row without a date must name its process, with its number. */
export function readSystemRow(text: string): LogHead | undefined {
  if (!text.includes(']') && !text.includes('kernel: ') && !text.includes('--- last')) return undefined;
  const [start = '', timestamp] = stamp.exec(text) ?? [];
  const rest = text.slice(start.length);
  const times = repeated.exec(rest)?.[1];
  if (times !== undefined) return { timestamp, repeated: Number(times), message: rest };
  const ofKernelAlone = ofKernel.exec(rest)?.[1];
  if (ofKernelAlone !== undefined) return { timestamp, process: 'kernel', ...withSender(ofKernelAlone) };
  const [, host, process, pid, type, message] = origin.exec(rest) ?? [];
  if (message === undefined) return undefined;
  const said = process === 'kernel' ? withSender(message) : { message };
  return { timestamp, host, process, pid: Number(pid), type, ...said };
}

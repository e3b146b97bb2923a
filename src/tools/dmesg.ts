/**
 * dmesg(8), and the lines that a verbose boot shows: the kernel's messages with nothing before them. Accepted:
 *   Pump: valve stuck
 *       Kext org.sample.driver.Pump class PumpValve has 1 instance.
 *   [   12.345678]: Pump: valve stuck
 *   kernel[0]: Pump: valve stuck
 * Whatever a driver writes is such a line, so any is, but for those that are evidently another tool's or no text at all
 * (foreignLine.ts).
 */
import type { LogHead } from './log/logEvent.ts';

const stamp = /^\s*\[ *(\d+\.\d+)\]:? /;

/** What the line says: all of it, the time since the start aside. */
export function readBareLine(text: string): LogHead {
  const [start = '', timestamp] = stamp.exec(text) ?? [];
  return { process: 'kernel', timestamp, message: text.slice(start.length) };
}

/**
 * log(1) with `--style syslog`. Accepted:
 *   2026-05-15 11:08:24.741500+0530  localhost kernel[0]: (Pump) Pump: valve stuck
 *   2026-05-15 11:08:24.741500+0530  localhost kernel[0]: (Pump) <Pump`PumpDriver::start> valve stuck      (with --source)
 */
import type { LogHead } from './logEvent.ts';
import { withSender } from './logSender.ts';

const row = /^([\dxX-]{10} [\dxX:]{8}\.?[\dxX]*[+-]\d{4})\s+(\S+) ([^[\]]+)\[(\d+)\]: ?([\s\S]*)$/;

/** What the row says; undefined where it is none. */
export function readSyslogRow(text: string): LogHead | undefined {
  const [, timestamp, host, process, pid, rest] = row.exec(text) ?? [];
  if (rest === undefined) return undefined;
  return { timestamp, host, process, pid: Number(pid), ...withSender(rest) };
}

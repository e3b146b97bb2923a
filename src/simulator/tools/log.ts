import { parseArgs } from 'node:util';
import type { ToolOutput } from '../../tools/port/toolOutput.ts';
import type { KernelAnswer, KernelLogLine } from '../kernelAnswer.ts';
import { said } from '../toolText.ts';
import { cannotSimulate } from './cannotSimulate.ts';

const ofKernel = 'process == "kernel"';
const secondsIn: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3600, d: 86_400 };

/**
 * `log show --style ndjson` of the kernel's messages since the Mac started, with `--last NUMBER[m|h|d]` the newest of
 * them; one object a line, and one that counts them. `bootTime` in seconds: the virtual clock goes on from there.
 */
export function log(answer: KernelAnswer, bootTime: number, argv: readonly string[]): ToolOutput {
  const seconds = secondsAsked(argv);
  if (seconds === undefined) return cannotSimulate('log', argv);
  const since = answer.clock - seconds * 1e9;
  const rows = answer.log.filter(({ time }) => time >= since).map(line => row(line, bootTime));
  return said({ stdout: [...rows, JSON.stringify({ count: rows.length, finished: 1 })] });
}

/** How far back the messages are wanted; undefined for a call that is not simulated. */
function secondsAsked(argv: readonly string[]): number | undefined {
  const { command, style, predicate, last } = readOptions(argv) ?? {};
  if (command !== 'show' || style !== 'ndjson' || predicate !== ofKernel) return undefined;
  if (last === undefined) return Number.POSITIVE_INFINITY;
  const [, amount, unit = ''] = /^(\d+)([smhd]?)$/.exec(last) ?? [];
  return amount === undefined ? undefined : Number(amount) * (secondsIn[unit] ?? 1);
}

function readOptions(argv: readonly string[]) {
  const string = { type: 'string' } as const;
  try {
    const options = { style: string, predicate: string, last: string };
    const { values, positionals } = parseArgs({ args: [...argv], allowPositionals: true, options });
    return { ...values, command: positionals.join(' ') };
  } catch {
    return undefined;
  }
}

/** An event as log(1) writes it: its slashes are escaped. */
function row({ time, text }: KernelLogLine, bootTime: number): string {
  const event = {
    timestamp: timestamp(bootTime, time),
    eventType: 'logEvent',
    messageType: 'Default',
    eventMessage: text,
    processID: 0,
    processImagePath: '/kernel',
    senderImagePath: '/kernel',
    subsystem: '',
    category: '',
  };
  return JSON.stringify(event).replaceAll('/', '\\/');
}

/** `2026-11-23 10:00:00.000000+0000` */
function timestamp(bootTime: number, nanoseconds: number): string {
  const microseconds = Math.floor(nanoseconds / 1000);
  const whole = new Date((bootTime + Math.floor(microseconds / 1e6)) * 1000).toISOString();
  const fraction = String(microseconds % 1e6).padStart(6, '0');
  return `${whole.slice(0, 19).replace('T', ' ')}.${fraction}+0000`;
}

import { isNoise } from '../text/noise.ts';

const frame: readonly RegExp[] = [
  /^\s*Timestamp\s+(Thread\s+Type\s+Activity\s+PID(\s+TTL)?|\(process\)\[PID\]|Ty\s+Process\[PID:TID\])\s*$/,
  /^Filtering the log data using "/,
  // The end of `log show`. A driver's own line of hyphens is hardly as long.
  /^\s*-{80,}\s*$/,
  /^\s*Log\s+- Default:\s+\d+, Info:\s+\d+, Debug:\s+\d+/,
  /^\s*Activity\s+- Create:\s+\d+, Transition:\s+\d+/,
  /^Skipping (info|debug)( and (info|debug))? messages, pass --/,
];

/** True for the lines that log(1) prints around the events, and for what any paste of a tool's output has. */
export function isLogFrame(text: string): boolean {
  return frame.some(pattern => pattern.test(text)) || isNoise(text);
}

import type { ExaminedTarget, TargetAnswers } from './doctorFacts.ts';
import type { DoctorFinding } from './doctorFinding.ts';
import { unknownFinding } from './unknownFinding.ts';

/** In seconds: from there on make and the log's `--last` go wrong. */
const most = 120;

/** The target's clock and this machine's tell the same time. */
export function clockCheck({ called, simulated }: ExaminedTarget, answers: TargetAnswers): DoctorFinding {
  const { time, before, after } = answers;
  if (time.answer === undefined) return unknownFinding('clock', time, 'what time it is there is not known');
  const there = time.answer;
  const shown = `there ${utc(there)}, here ${utc(Math.round(after))}`;
  const about = { check: 'clock', of: 'target', asked: time.command, evidence: [shown] } as const;
  if (simulated)
    return {
      ...about,
      verdict: 'good',
      says: 'Its clock is virtual, and nothing compares it with this machine’s.',
      fix: undefined,
    };
  // It was read at some moment between the two; a whole second is what it tells.
  const off = there > after ? there - after : Math.min(0, there + 1 - before);
  const [size, side] = [Math.abs(Math.round(off)), off > 0 ? 'ahead' : 'behind'];
  if (size <= most)
    return {
      ...about,
      verdict: 'good',
      says:
        size === 0 ? 'Its clock and this machine’s agree.' : `Its clock is ${size} seconds ${side}, which is little.`,
      fix: undefined,
    };
  return {
    ...about,
    verdict: 'warning',
    says: `The clock of ${called} is ${durationText(size)} ${off > 0 ? 'ahead of' : 'behind'} this machine’s: make and the log are asked by time, and miss things.`,
    fix: `Set it there: \`sudo sntp -sS time.apple.com\`, or Date & Time in its settings. If this machine’s is wrong, set that one.`,
  };
}

function utc(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? String(seconds) : `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

function durationText(seconds: number): string {
  if (seconds < 7200) return `${Math.round(seconds / 60)} minutes`;
  return seconds < 172_800 ? `${Math.round(seconds / 3600)} hours` : `${Math.round(seconds / 86_400)} days`;
}

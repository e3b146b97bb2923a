import type { CaptureReview, ReviewedCapture } from '../operations/captures/recordCaptures.ts';
import { captureProgram } from '../tools/captures/captureTool.ts';
import { columns } from './columns.ts';

/** What is looked through before captures are saved: each of them with its size, and what stands for what. */
export function captureReviewText(review: CaptureReview): string {
  const { captures, replacements, missing, macos, left } = review;
  const bytes = captures.reduce((sum, capture) => sum + bytesOf(capture), 0);
  // The call, which may be long, comes last.
  const calls = captures.map(capture => [
    `exit ${capture.exitCode ?? 'none'}`,
    `${bytesOf(capture)} bytes`,
    [`${capture.replaced} replaced`, ...notUnderstoodIn(capture)].join(', '),
    callOf(capture),
  ]);
  const stands = replacements.map(({ kind, original, standIn, times }) => [
    kind,
    original,
    standIn,
    times === 1 ? 'once' : `${times} times`,
  ]);
  return [
    `macOS ${macos}: ${captures.length} captures, ${bytes} bytes`,
    ...table(calls),
    ...(stands.length === 0 ? ['Nothing was replaced.'] : ['Replaced (what it is, what it was, what stands there):']),
    ...table(stands),
    ...missing.map(tool => `${tool} is not there.`),
    ...left.map(text => `${text} could not be replaced everywhere, so nothing of this can be saved.`),
  ].join('\n');
}

/** Every capture in full, as its file would have it, each behind its call. */
export function everyLineText({ captures }: Pick<CaptureReview, 'captures'>): string {
  return captures.map(capture => `== ${callOf(capture)}\n${capture.text.replace(/\n$/, '')}\n`).join('\n');
}

function notUnderstoodIn({ notUnderstood }: ReviewedCapture): readonly string[] {
  return notUnderstood === 0 ? [] : [linesNotUnderstood(notUnderstood)];
}

/** `1 line not understood` */
export function linesNotUnderstood(count: number): string {
  return `${count} ${count === 1 ? 'line' : 'lines'} not understood`;
}

/** The call as one would type it, unquoted. */
export function callOf({ tool, argv }: Pick<ReviewedCapture, 'tool' | 'argv'>): string {
  return [captureProgram(tool), ...argv].join(' ');
}

/** What the file takes. */
export function bytesOf({ text }: Pick<ReviewedCapture, 'text'>): number {
  return new TextEncoder().encode(text).length;
}

const widest = 60;

function table(rows: readonly (readonly string[])[]): readonly string[] {
  return columns(rows, widest).map(line => `  ${line}`);
}

import type { CaptureReview, ReviewedCapture } from '../operations/captures/recordCaptures.ts';
import { callOf, captureReviewText } from './captureReviewText.ts';
import { fenced } from './markdown.ts';

/** The review as a Markdown page: what was replaced, and every capture in full, as its file would have it. */
export function captureReviewPage(review: CaptureReview): string {
  const { captures } = review;
  return [
    '# Captures to look through',
    '',
    'Nothing of this is saved yet. What stands in place of something private is as long as it was.',
    '',
    fenced(captureReviewText(review)),
    ...captures.flatMap(capture => ['', `## ${callOf(capture)}`, '', fenced(textOf(capture))]),
    '',
  ].join('\n');
}

function textOf({ text }: ReviewedCapture): string {
  return text.replace(/\n$/, '');
}

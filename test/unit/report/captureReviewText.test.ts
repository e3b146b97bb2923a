import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CaptureReview, ReviewedCapture } from '../../../src/operations/captures/recordCaptures.ts';
import { captureReviewPage } from '../../../src/report/captureReviewPage.ts';
import { captureReviewText } from '../../../src/report/captureReviewText.ts';

const capture: ReviewedCapture = {
  tool: 'kextstat',
  argv: ['-l'],
  macos: '13.6 (22G120)',
  exitCode: 0,
  origin: 'recorded',
  stdout: 'rows\n',
  stderr: '',
  text: '# head\nrows with ö and ```` in it\n',
  replaced: 3,
  notUnderstood: 2,
};

const review: CaptureReview = {
  macos: '13.6 (22G120)',
  captures: [capture],
  replacements: [{ kind: 'user', original: 'john', standIn: 'qqqq', times: 3 }],
  missing: ['kmutil'],
  left: [],
};

describe('the review of captures', () => {
  it('has each call with its size in bytes, each stand-in, and what is not there', () => {
    assert.equal(
      captureReviewText(review),
      [
        'macOS 13.6 (22G120): 1 captures, 35 bytes',
        '  exit 0  35 bytes  3 replaced, 2 lines not understood  kextstat -l',
        'Replaced (what it is, what it was, what stands there):',
        '  user  john  qqqq  3 times',
        'kmutil is not there.',
      ].join('\n'),
    );
  });

  it('says where a private text is left, and where nothing was replaced', () => {
    assert.match(captureReviewText({ ...review, left: ['john'] }), /^john could not be replaced everywhere/m);
    assert.match(captureReviewText({ ...review, replacements: [] }), /^Nothing was replaced\.$/m);
  });

  it('as a page has every capture in full, in a fence that its text cannot end', () => {
    const page = captureReviewPage(review);
    assert.ok(page.includes('## kextstat -l\n\n`````text\n# head\nrows with ö and ```` in it\n`````\n'), page);
  });
});

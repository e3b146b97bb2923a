import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { lastAnswer } from '../../../../src/tools/text/lastAnswer.ts';

describe('What is asked of lines', () => {
  it('is asked once where they repeat each other, whatever the answer', () => {
    const asked: string[] = [];
    const length = lastAnswer(text => {
      asked.push(text);
      return text === '' ? undefined : text.length;
    });
    assert.deepEqual(['', '', 'a', 'a', 'bc', 'a', ''].map(length), [undefined, undefined, 1, 1, 2, 1, undefined]);
    assert.deepEqual(asked, ['', 'a', 'bc', 'a', '']);
  });
});

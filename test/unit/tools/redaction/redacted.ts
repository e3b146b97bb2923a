import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Capture } from '../../../../src/tools/captures/captureFile.ts';
import type { KnownNames } from '../../../../src/tools/redaction/findOriginals.ts';
import { redactCaptures } from '../../../../src/tools/redaction/redactCaptures.ts';

/** That nobody is known whose names are to be hidden, or to stay. */
export const nobody: KnownNames = { users: [], hosts: [], own: { identifiers: [], classes: [], words: [] } };

/** A capture in which a tool printed that. */
export function said(stdout: string, more: Partial<Capture> = {}): Capture {
  return { tool: 'ioreg', macos: '13.6', argv: [], exitCode: 0, origin: 'recorded', stderr: '', ...more, stdout };
}

/** What stands in its place in what is saved. */
export function redacted(text: string, known = nobody, tool = 'ioreg'): string {
  return redactCaptures([said(text, { tool })], known).captures[0]?.stdout ?? assert.fail();
}

/** A text with something private in it, which must be gone; what stands around it must not. */
export type PrivateText = readonly [what: string, text: string, gone: string, kept: string];

/** A test for each text: what is private in it is replaced. */
export function areReplaced(texts: readonly PrivateText[]): void {
  for (const [what, text, gone, kept] of texts)
    it(`${what} is replaced by as many characters: ${text}`, () => {
      const out = redacted(text);
      assert.equal(out.length, text.length);
      assert.ok(!out.toLowerCase().includes(gone.toLowerCase()), out);
      assert.ok(out.includes(kept), out);
    });
}

/** A test for each text: nothing in it is private. */
export function stay(texts: readonly (readonly [what: string, text: string])[]): void {
  for (const [what, text] of texts) it(`${what} stay: ${text}`, () => assert.equal(redacted(text), text));
}

import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { DoctorFacts } from '../../../../src/diagnosis/doctor/doctorFacts.ts';
import type { CheckName, Verdict } from '../../../../src/diagnosis/doctor/doctorFinding.ts';
import { finding, type ToldByTarget } from './facts.ts';

/** What tools said, and what a doctor says then. */
export type CheckRow = readonly [
  name: string,
  check: CheckName,
  told: ToldByTarget,
  verdict: Verdict,
  says: RegExp,
  fix?: RegExp | undefined,
  more?: Partial<DoctorFacts>,
];

/** A test for each row. */
export function sayAsToldIn(rows: readonly CheckRow[]): void {
  for (const [name, check, told, verdict, says, fix, more] of rows)
    it(`${name}: ${check} ${verdict}`, () => {
      const found = finding(check, told, more);
      assert.equal(found.verdict, verdict, found.says);
      assert.match(found.says, says);
      if (fix !== undefined) assert.match(found.fix ?? '', fix);
      if (verdict === 'good') assert.equal(found.fix, undefined);
    });
}

import { buildFindings, withoutBuildFindings } from '../session/lastingDiagnoses.ts';
import type { Findings } from '../session/targetFindings.ts';
import { type Problem, problemsOf } from './problem.ts';
import { problemSource } from './problemText.ts';
import { notSaidElsewhere, type Said } from './saidElsewhere.ts';

/** What was found of loads and unloads; the first of `findings` is that of the kext that is shown. */
export function loadProblems(findings: readonly Findings[]): readonly Problem[] {
  return findings.flatMap(({ target, diagnoses }, at) =>
    problemsOf(withoutBuildFindings(diagnoses), problemSource(target)).map(each => marked(each, at)),
  );
}

/** What builds found and nobody else says: `saidIn` gives what others say of a file. A file of two kexts has it once. */
export function buildProblems(
  findings: readonly Findings[],
  saidIn: (file: string) => readonly Said[],
): readonly Problem[] {
  const problems = findings.flatMap(({ target, diagnoses }, at) => {
    const found = buildFindings(diagnoses);
    const files = new Set(found.flatMap(({ anchor }) => (anchor === undefined ? [] : [anchor.file])));
    return problemsOf(notSaidElsewhere(found, [...files].flatMap(saidIn)), problemSource(target)).map(each =>
      marked(each, at),
    );
  });
  const keyOf = ({ place, text }: Problem) => JSON.stringify([place, text]);
  return [...new Map(problems.toReversed().map(each => [keyOf(each), each])).values()].toReversed();
}

function marked(problem: Problem, at: number): Problem {
  return at === 0 ? problem : { ...problem, ofAnother: true };
}

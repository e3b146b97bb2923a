/** Why kmutil(8) refused a load: each thing that its error names (kmutilStatement.ts), where the developer can mend it. */
import type { ExtensionProblem } from '../tools/kmutil/extensionProblems.ts';
import type { KmutilError } from '../tools/kmutil/kmutilErrors.ts';
import { kextFindingTexts } from '../tools/messages/kextFindingTexts.ts';
import type { Diagnosis } from './diagnosis.ts';
import type { LoadedKextFacts } from './loadFailure.ts';
import {
  bundleInvalid,
  folderNotAllowed,
  type LoadedSource,
  type LoadReason,
  libraryMissing,
  libraryUnfit,
  loadDiagnosis,
  ownersWrong,
  processorWrong,
} from './loadReasons.ts';
import { refusedCollection } from './refusedCollection.ts';

/** The kext that an error of kmutil is about; undefined where it names none. */
export function kextOfError({ says }: KmutilError): string | undefined {
  switch (says.kind) {
    case 'notApproved':
    case 'restartRequired':
      return says.kexts[0];
    case 'collectionNotBuilt':
      return says.findings.find(({ about }) => about !== undefined)?.about;
    case 'extensionRefused':
      return says.kext ?? says.problems.map(kextOfProblem).find(name => name !== undefined);
    default:
      return undefined;
  }
}

function kextOfProblem(problem: ExtensionProblem): string | undefined {
  if (problem.kind === 'folder') return problem.bundle;
  return 'kext' in problem ? problem.kext : undefined;
}

/** One diagnosis for each thing of this kext that the error names; none where it speaks of something else. */
export function refusedByKmutil(
  kext: LoadedKextFacts,
  source: LoadedSource & { readonly path: string },
  { description, says }: KmutilError,
): readonly Diagnosis[] {
  if (says.kind === 'collectionNotBuilt') return refusedCollection(kext, source, says.findings, description);
  if (says.kind === 'architectureUnfit') return [loadDiagnosis(kext, [description], processorWrong(kext))];
  if (says.kind !== 'extensionRefused') return [];
  const told = says.problems.flatMap(problem =>
    reasonsIn(problem, kext, source).map(reason => ({ line: problem.text, reason })),
  );
  const [head = ''] = description.split('\n');
  const named = says.bundle === undefined || says.step !== 'Validating' ? [] : [head];
  const byMessage = Map.groupBy(told, ({ reason }) => reason.message);
  return [...byMessage].map(([, same]) => {
    const evidence = [...named, ...same.map(({ line }) => line)];
    return loadDiagnosis(kext, evidence, same[0]?.reason ?? bundleInvalid(kext, head));
  });
}

function reasonsIn(problem: ExtensionProblem, kext: LoadedKextFacts, source: LoadedSource): readonly LoadReason[] {
  switch (problem.kind) {
    case 'ownership':
      return [ownersWrong(kext)];
    case 'folder':
      return [folderNotAllowed(kext, problem.path)];
    case 'libraryMissing':
      return [libraryMissing(kext, source, problem.library)];
    case 'librariesUnresolved':
      return [dependencyReason(problem.what, kext, source)];
    case 'notCreated':
      return 'property' in problem ? [bundleInvalid(kext, `its Info.plist has no ${problem.property} of a kext`)] : [];
    case 'kextFinding':
      return findingReasons(problem, kext, source);
    default:
      return [];
  }
}

type FindingProblem = Extract<ExtensionProblem, { kind: 'kextFinding' }>;

function findingReasons(problem: FindingProblem, kext: LoadedKextFacts, source: LoadedSource): readonly LoadReason[] {
  if (problem.finding.startsWith('File owner/permissions are incorrect')) return [ownersWrong(kext)];
  if (kextFindingTexts['Dependency Resolution'].includes(problem.finding))
    return [dependencyReason(problem.text, kext, source)];
  if (kextFindingTexts.Warnings.includes(problem.finding)) return [];
  const library = /^OSBundleLibraries(?:\.(\S+))?/.exec(problem.value ?? '');
  const anchor = library === null ? undefined : source.libraryPosition(library[1]);
  return [{ ...bundleInvalid(kext, withoutStop(problem.text)), anchor }];
}

function dependencyReason(told: string, kext: LoadedKextFacts, source: LoadedSource): LoadReason {
  const unfit = /^(?:Only incompatible kexts|Kexts) found for these libraries.*: (\S+)\.$/.exec(told)?.[1];
  return unfit === undefined ? forbidden(kext, source, told) : libraryUnfit(kext, source, unfit);
}

/** A dependency that no kext may have, in the kext library's words. */
function forbidden(kext: LoadedKextFacts, source: LoadedSource, finding: string): LoadReason {
  return {
    message: `A library of ${kext.bundleIdentifier} is not allowed: ${withoutStop(finding)}.`,
    remedy: 'Name the com.apple.kpi.* libraries that it needs in OSBundleLibraries.',
    anchor: source.libraryPosition(),
  };
}

function withoutStop(text: string): string {
  return text.replace(/\.$/, '');
}

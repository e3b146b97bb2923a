import { explainMessages } from './catalogue/explain.ts';
import type { Explained } from './catalogue/explained.ts';
import type { ReasonPlaces } from './catalogue/reasonOfFailure.ts';
import type { Diagnosis } from './diagnosis.ts';
import { type LoadedKextFacts, loadFailure, onIdentifier } from './loadFailure.ts';
import { waitingForApproval, waitingForRestart } from './waiting.ts';

/** What a text of a load comes to by the catalogue alone. */
export interface KnownLoad {
  /** `unknown` where the text holds only what comes with a success as well as with a failure. */
  readonly outcome: 'needsApproval' | 'needsRestart' | 'loadFailed' | 'unknown';
  /** The kext that the line names; undefined where it names none. */
  readonly kext: string | undefined;
  readonly diagnosis: Diagnosis;
}

/**
 * The diagnosis of a text that tells no end of a load and holds something that the catalogue has a remedy for; undefined where
 * it holds nothing of the kind. `factsOf`: of the kext that the line names.
 */
export function loadByCatalogue(
  said: string,
  factsOf: (kext: string | undefined) => LoadedKextFacts,
  places: ReasonPlaces,
): KnownLoad | undefined {
  const [found] = foundOfLoad(said);
  if (found === undefined) return undefined;
  const { kext } = found.fields;
  const facts = factsOf(kext);
  const lines = said.split('\n').filter(line => line.trim() !== '');
  const evidence = lines.map(text => ({ text }));
  const { row, cause, remedy } = found;
  if (row.problem === 'waitingForApproval')
    return {
      outcome: 'needsApproval',
      kext,
      diagnosis: { ...waitingForApproval(facts, undefined, undefined), evidence },
    };
  if (row.problem === 'waitingForRestart')
    return {
      outcome: 'needsRestart',
      kext,
      diagnosis: { ...waitingForRestart(facts, undefined, undefined), evidence },
    };
  if (row.severity === 'error')
    return { outcome: 'loadFailed', kext, diagnosis: loadFailure(facts, lines, null, places) };
  const told = {
    cause: 'unknown',
    message: `Whether ${facts.bundleIdentifier} was loaded is not said. ${cause}`,
  } as const;
  const diagnosis = { ...onIdentifier(facts, { ...told, remedy, evidence }), severity: row.severity };
  return { outcome: 'unknown', kext, diagnosis: { ...diagnosis, certainty: 'possible' } };
}

const ofLoads =
  /^(loadKernel|loadTools|classRegistration|linking|collection|validation|authentication|dependencies|warnings|bootLevel|kmutil|kextcache)\./;

/** The failures first, then what a load waits for, then warnings. Information tells no reason. */
function foundOfLoad(said: string): readonly Explained[] {
  const known = explainMessages(said);
  // A signature that the system takes all the same is no reason.
  const overruled = new Set(known.flatMap(({ row }) => row.inSpiteOf ?? []));
  const all = known.filter(({ row }) => ofLoads.test(row.id) && row.inSpiteOf === undefined && !overruled.has(row.id));
  const isWaiting = ({ row }: Explained) => /^waiting/.test(row.problem ?? '');
  return [
    ...all.filter(each => each.row.severity === 'error' && !isWaiting(each)),
    ...all.filter(isWaiting),
    ...all.filter(each => each.row.severity === 'warning' && !isWaiting(each)),
  ];
}

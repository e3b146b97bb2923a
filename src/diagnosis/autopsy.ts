import type { Superclasses } from '../model/classCounts.ts';
import type { RegistryEntry } from '../model/registryEntry.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { SourcePosition } from '../model/sourcePosition.ts';
import { count } from './count.ts';
import type { Diagnosis, Evidence, Holder, Verdict } from './diagnosis.ts';
import { holdersOf, keptProvider, openedBy } from './holders.ts';
import { type ClassInstances, classInstances, depth, isStateUnknown, superclassesOf } from './instances.ts';
import { busyText, matchingProvider } from './matching.ts';

/** What is known after `classes have instances`. */
export interface RefusedUnload {
  readonly bundleIdentifier: string;
  /** As the user sees it. */
  readonly target: string;
  /** The classes that the kernel named, with the counts and the lines in which it did. */
  readonly classes: readonly { readonly class: string; readonly instances: number; readonly line: string }[];
  /** Read after the refusal; undefined when there is none, as in a pasted transcript. */
  readonly after:
    | (Pick<Snapshot, 'classCounts' | 'registry' | 'objects' | 'processes'> & {
        /** Who gave the class's count, in the words of the evidence; where it is not said, ioclasscount. */
        readonly countedBy?: (className: string) => string;
      })
    | undefined;
  readonly superclasses: Superclasses;
  /** The IOProviderClass of the personality whose driver the class is; undefined where it is no personality's. */
  readonly providerOf?: (className: string) => string | undefined;
  /** Where the developer declared a class. */
  readonly declarationOf: (className: string) => SourcePosition | undefined;
}

/**
 * One diagnosis for each class that kept the kext from unloading, the deepest subclass first. The rule is SEMANTICS of
 * xnu: an object still in the I/O Registry is held by something that refuses to let go; one that left it and still
 * counts is leaked; a count may stand for a subclass alone.
 */
export function autopsy(refused: RefusedUnload): readonly Diagnosis[] {
  const deepestFirst = [...refused.classes].sort(
    (a, b) => depth(b.class, refused.superclasses) - depth(a.class, refused.superclasses),
  );
  const diagnoses = deepestFirst.map(named => diagnoseClass(named, refused));
  const held = diagnoses
    .filter(({ verdict }) => verdict === 'held' || verdict === 'both')
    .map(each => each.class ?? '');
  return diagnoses.map(each => withDoubt(each, held, refused));
}

/**
 * A plain object is never in the I/O Registry, so while something of the kext is held nobody can tell whether it is
 * leaked, or kept by an owner whose stop() and free() have not run yet. A service that left the registry is leaked.
 */
function withDoubt(diagnosis: Diagnosis, held: readonly string[], refused: RefusedUnload): Diagnosis {
  const isService = superclassesOf(diagnosis.class ?? '', refused.superclasses).includes('IOService');
  if (diagnosis.verdict !== 'leaked' || held.length === 0 || isService) return diagnosis;
  return {
    ...diagnosis,
    severity: 'warning',
    certainty: 'possible',
    message: `${count(diagnosis.instances ?? 0, 'instance')} of ${diagnosis.class} may be leaked, or kept by ${held.join(', ')}, which cannot finish.`,
    remedy: `Mend what is held first; what is left of ${diagnosis.class} after that is leaked.`,
  };
}

function diagnoseClass(named: RefusedUnload['classes'][number], refused: RefusedUnload): Diagnosis {
  const { after } = refused;
  const seen = after && classInstances(named.class, after.classCounts, refused.superclasses, after.registry);
  const starting = seen && insideStart(seen, refused);
  const verdict = seen === undefined ? 'unknown' : starting === undefined ? verdictOf(seen) : 'held';
  const holders = seen === undefined ? [] : seen.inactive.flatMap(entry => holdersOf(entry, after ?? { objects: [] }));
  const anchor = refused.declarationOf(named.class);
  const [client] = seen?.inactive ?? [];
  const provider = client && keptProvider(client, after?.registry ?? [])?.className;
  const process = client && openedBy(client, after ?? { objects: [] });
  const told = tell({ named, seen, verdict, holders, provider, process, starting, target: refused.target });
  return {
    about: 'unload',
    severity: verdict === 'subclass' || verdict === 'notYet' ? 'information' : 'error',
    class: named.class,
    instances: seen?.own ?? named.instances,
    verdict,
    evidence: [
      { text: named.line },
      ...evidenceOf(seen, after?.countedBy?.(named.class)),
      ...(starting === undefined ? [] : [{ text: busyText(starting) }]),
    ],
    holders,
    certainty: verdict === 'unknown' || (seen !== undefined && isUnclear(seen, verdict)) ? 'possible' : 'certain',
    ...told,
    ...(anchor === undefined ? {} : { anchor }),
  };
}

function verdictOf(seen: ClassInstances): Verdict {
  const listed = seen.active.length + seen.inactive.length;
  if (seen.counted < 0) return 'unknown';
  if (seen.counted === 0) return 'notYet';
  if (seen.own <= 0) return seen.subclassesInUse.length > 0 ? 'subclass' : 'unknown';
  if (listed > 0) return seen.unlisted > 0 ? 'both' : 'held';
  return seen.unclear.length > 0 ? 'unknown' : 'leaked';
}

/** True where lines of the I/O Registry that were cut off leave the verdict open. */
function isUnclear({ inactive, unclear }: ClassInstances, verdict: Verdict): boolean {
  return verdict === 'both' ? unclear.length > 0 : verdict === 'held' && inactive.some(isStateUnknown);
}

/**
 * The provider whose matching goes on, where the driver has left the I/O Registry and one instance of it is left: start()
 * has not come back, and what called it retains the driver.
 */
function insideStart(seen: ClassInstances, { providerOf, after }: RefusedUnload): RegistryEntry | undefined {
  const providerClass = seen.own === 1 && verdictOf(seen) === 'leaked' ? providerOf?.(seen.class) : undefined;
  return providerClass === undefined || after === undefined ? undefined : matchingProvider(providerClass, after);
}

function evidenceOf(seen: ClassInstances | undefined, countedBy = 'ioclasscount'): readonly Evidence[] {
  if (seen === undefined) return [{ text: 'neither counts nor an I/O Registry of that moment are at hand' }];
  const inRegistry = seen.active.length + seen.inactive.length;
  const counted = `${countedBy}: ${seen.class} = ${seen.counted}`;
  const subclasses =
    seen.subclassesInUse.length === 0
      ? ''
      : `, of which ${seen.subclassesInUse.length} for ${seen.subclassesInUse.join(', ')}`;
  return [
    { text: `${counted}${subclasses}` },
    { text: `ioreg: ${count(inRegistry, 'object')} of ${seen.class} in the I/O Registry` },
    ...[...seen.active, ...seen.inactive].map(entry => ({ text: `ioreg: ${entryText(entry)}` })),
    ...unclearEvidence(seen),
  ];
}

/** As many as show what is meant. */
const mostUnclear = 3;

function unclearEvidence({ unclear }: ClassInstances): readonly Evidence[] {
  if (unclear.length === 0) return [];
  const shown = unclear.slice(0, mostUnclear).map(entry => `${entry.name}, class ${entry.className}`);
  const more = unclear.length > mostUnclear ? ['…'] : [];
  return [
    { text: `ioreg: ${count(unclear.length, 'object')} with the class cut off: ${[...shown, ...more].join('; ')}` },
  ];
}

/** What its line says of an object. */
function entryText(entry: RegistryEntry): string {
  const id = entry.id === undefined ? [] : [`id 0x${entry.id.toString(16)}`];
  const state = isStateUnknown(entry)
    ? ['the rest cut off']
    : [entry.active === false ? 'inactive' : 'active', `busy ${entry.busy ?? 0}`];
  return [entry.name, ...id, ...state].join(', ');
}

interface Told {
  readonly cause: Diagnosis['cause'];
  readonly message: string;
  readonly remedy: string;
}

interface Tale {
  readonly named: RefusedUnload['classes'][number];
  readonly seen: ClassInstances | undefined;
  readonly verdict: Verdict;
  readonly holders: readonly Holder[];
  /** The class of the terminated provider that the object has not left. */
  readonly provider: string | undefined;
  /** The provider whose matching is still inside start() of the class. */
  readonly starting: RegistryEntry | undefined;
  /** Who opened the object, a user client. */
  readonly process: Holder | undefined;
  readonly target: string;
}

function tell(tale: Tale): Told {
  const { named, seen, target } = tale;
  const name = named.class;
  switch (tale.verdict) {
    case 'leaked': {
      const leaked = seen?.own ?? named.instances;
      return {
        cause: 'leaked',
        message: `${count(leaked, 'instance')} of ${name} ${leaked === 1 ? 'is' : 'are'} leaked: still retained after the driver was terminated.`,
        remedy: `Find the retain() that no release() answers; stop() or free() of its owner should. Then restart ${target}.`,
      };
    }
    case 'held':
      return { cause: 'held', message: `${name} is held: ${whoHolds(tale)}.`, remedy: heldRemedy(tale) };
    case 'both':
      return {
        cause: 'held',
        message: `${name} is held: ${whoHolds(tale)}; ${unlistedText(seen?.unlisted ?? 0, seen?.unclear ?? [])}.`,
        remedy: heldRemedy(tale),
      };
    case 'subclass':
      return {
        cause: 'subclass',
        message: `${name} itself has no instance: its count stands for ${seen?.subclassesInUse.join(', ')}.`,
        remedy: 'Look at the subclass; this count goes with it.',
      };
    case 'notYet':
      return {
        cause: 'notYet',
        message: `${name} was still being released when the kext was asked to unload; its last instance is gone.`,
        remedy: 'Unload again.',
      };
    default:
      if ((seen?.counted ?? 0) < 0) {
        return {
          cause: 'overReleased',
          message: `${name} was released more often than it was retained: its count is ${seen?.counted}.`,
          remedy: `Look for a release() of ${name} without a retain of its own: a get…() result, or a second release.`,
        };
      }
      if (seen !== undefined && seen.unclear.length > 0) {
        return {
          cause: 'unknownInstances',
          message: `${count(seen.own, 'instance')} of ${name} kept the kext from unloading: leaked, or ${amongUnclear(seen.unclear)}.`,
          remedy: `Read the I/O Registry again with ioreg -l -w 0, which cuts no line: an object of ${name} that is still there is held, one that is gone is leaked.`,
        };
      }
      return {
        cause: 'unknownInstances',
        message: `${count(named.instances, 'instance')} of ${name} kept the kext from unloading.`,
        remedy: `Read the I/O Registry right after a refusal: an object of ${name} that is still there is held, one that is gone is leaked.`,
      };
  }
}

function unlistedText(unlisted: number, unclear: readonly RegistryEntry[]): string {
  const are = unlisted === 1 ? 'is' : 'are';
  const more = count(unlisted, 'more instance');
  if (unclear.length === 0) return `${more} left the I/O Registry and ${are} leaked`;
  return `${more} ${are} leaked, or ${amongUnclear(unclear)}`;
}

function amongUnclear({ length }: readonly RegistryEntry[]): string {
  return length === 1
    ? 'the object whose class is cut off in the I/O Registry'
    : `among the ${length} objects whose classes are cut off in the I/O Registry`;
}

function whoHolds({ seen, holders, provider, process, starting }: Tale): string {
  if (starting !== undefined)
    return `its start() has not come back, and ${starting.name}, which called it, waits for that`;
  const [holder] = holders;
  if (holder?.pid !== undefined) {
    if (holder.hasQuit) {
      return `${holder.name} has quit, and its client ${holder.through ?? ''} still has it open: it never closes its provider`;
    }
    return `${holder.name} has it open through ${holder.through ?? 'a client'}, which never closes its provider`;
  }
  if (holder !== undefined) return `its client ${holder.name} does not let go of it`;
  if ((seen?.active.length ?? 0) > 0) return 'it was never asked to terminate';
  if (seen?.inactive.some(isStateUnknown)) return 'it is still in the I/O Registry';
  const opened =
    process === undefined ? 'terminated' : `opened by ${process.name}${process.hasQuit ? ', which has quit' : ''}`;
  if (provider !== undefined) return `${opened}, it does not let go of its provider ${provider}`;
  return 'it was terminated and is still in the I/O Registry';
}

function heldRemedy({ holders, seen, named, provider, process, starting, target }: Tale): string {
  if (starting !== undefined)
    return `Do not wait in start() of ${named.class} for what comes later, and let what it waits for end when the driver goes. Then restart ${target}.`;
  const [holder] = holders;
  const through = holder?.through ?? (provider === undefined ? undefined : named.class);
  if (through !== undefined) {
    const user = holder?.pid === undefined ? process : holder;
    const quit = user === undefined || user.hasQuit ? '' : ` Until it does, quit ${user.name} before you unload.`;
    return `Close the provider in didTerminate() of ${through}, and end the calls that wait inside it. Then restart ${target}.${quit}`;
  }
  if ((seen?.active.length ?? 0) > 0) {
    return `Attach ${named.class} below the driver, or terminate it in the driver's stop(): only objects with this kext's CFBundleIdentifier are terminated. Then restart ${target}.`;
  }
  return `See what keeps ${named.class} from finishing: an outstanding call, a deferred didTerminate() or a thread in it. Then restart ${target}.`;
}

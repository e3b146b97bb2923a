import { isApple } from '../model/kext.ts';
import { type KernelLine, withoutKernelMark } from '../tools/messages/kernelLines.ts';
import { kernelLoadTemplates } from '../tools/messages/kernelLoadTemplates.ts';
import { kernelUnloadTemplates } from '../tools/messages/kernelUnloadTemplates.ts';

/** What an attempt is about. */
export type About = 'load' | 'unload';

/** What is known of the attempt that is asked for; where nothing is, it is the last one of all. */
export interface AskedAttempt {
  readonly bundleIdentifier: string | undefined;
  readonly about: About | undefined;
}

/**
 * What the kernel said of the last attempt to load or unload the kext: a log may hold many, of other kexts too. With it come
 * the services that did not let go before it, whose lines name no kext. Without an attempt those are all there is.
 */
export function lastAttempt(said: readonly KernelLine[], asked: AskedAttempt): readonly KernelLine[] {
  const last = lastAsked(said, asked);
  const about = last && aboutOf(last);
  const kext = asked.bundleIdentifier ?? (last && kextOf(last));
  if (last === undefined || kext === undefined) return servicesIn(said);
  const own = said.flatMap((line, at) => (namesKext(line, kext) && aboutOf(line) !== undefined ? [at] : []));
  const ofAbout = own.filter(at => said[at] !== undefined && aboutOf(said[at]) === about);
  const begins = ofAbout.findLastIndex((at, index) => isBeginning(said, ofAbout, at, index));
  const attempt = ofAbout.slice(Math.max(0, begins));
  const first = attempt[0] ?? 0;
  const before = own.findLast(at => at < first) ?? -1;
  const services = about === 'unload' ? servicesIn(said.slice(before + 1)) : [];
  const lines = new Set([...services, ...attempt.flatMap(at => said[at] ?? [])]);
  return said.filter(line => lines.has(line));
}

/** The lines as a classic tool relays them. */
export function asRelayed(lines: readonly KernelLine[]): readonly string[] {
  return lines.map(({ text }) => `(kernel) ${withoutKernelMark(text)}`);
}

const neutral: ReadonlySet<string> = new Set(['classRegistered', 'classRegisteredTwice', 'libraryWarning']);

function aboutOf({ kind }: KernelLine): About | undefined {
  if (Object.hasOwn(kernelUnloadTemplates, kind)) return 'unload';
  return Object.hasOwn(kernelLoadTemplates, kind) ? 'load' : undefined;
}

function kextOf(line: KernelLine): string | undefined {
  return 'kext' in line ? line.kext : undefined;
}

/** Whether a line of the kernel is about that kext. */
export function namesKext({ text }: Pick<KernelLine, 'text'>, kext: string): boolean {
  return text.split(/[\s;,:()[\]']+/).includes(kext);
}

/** Apple's kexts come and go by themselves: where nobody named one, what is meant is one that is not Apple's. */
function lastAsked(said: readonly KernelLine[], { bundleIdentifier, about }: AskedAttempt): KernelLine | undefined {
  const candidates = said.filter(line => {
    const isMeant = bundleIdentifier === undefined ? kextOf(line) !== undefined : namesKext(line, bundleIdentifier);
    return (
      isMeant && !neutral.has(line.kind) && aboutOf(line) !== undefined && (about ?? aboutOf(line)) === aboutOf(line)
    );
  });
  return candidates.findLast(line => !isApple(kextOf(line) ?? '')) ?? candidates.at(-1);
}

/** Kinds of lines of which an unload that was refused has one, as its first (xnu, OSKext::removeKext and unload). */
const firstOfUnload: ReadonlySet<string> = new Set<KernelLine['kind']>([
  'notFound',
  'removalVetoed',
  'unsupportedByCache',
  'terminateDisallowed',
  'servicesFailedToTerminate',
  'unloadingDisabled',
  'outstandingReferences',
  'classesHaveInstances',
  'didNotStop',
  'referencesAtStop',
  'instancesAfterStop',
  'removed',
]);

/** True for the line with which an attempt begins: of a load that is what follows the last line of the one before. */
function isBeginning(said: readonly KernelLine[], own: readonly number[], at: number, index: number): boolean {
  const [line, before] = [said[at], said[own[index - 1] ?? -1]];
  if (line === undefined || before === undefined) return true;
  if (aboutOf(line) === 'unload') return firstOfUnload.has(line.kind) && before.kind !== 'terminateDisallowed';
  return withoutKernelMark(before.text).startsWith('Failed to load kext ');
}

const ofTermination: ReadonlySet<string> = new Set<KernelLine['kind']>([
  'threadTimedOut',
  'stallingForDetach',
  'closedTwice',
  'badRetain',
]);

/** The newest are enough: the kernel says it of each service that it waits for. */
function servicesIn(said: readonly KernelLine[]): readonly KernelLine[] {
  return said.filter(({ kind }) => ofTermination.has(kind)).slice(-20);
}

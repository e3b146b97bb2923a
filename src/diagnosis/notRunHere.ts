import { count } from './count.ts';
import type { Diagnosis, Evidence } from './diagnosis.ts';
import type { LoadedKextFacts } from './loadFailure.ts';
import { capital } from './sentence.ts';

/** The kext is listed, and its code is not run: a Mac's kext on the Simulated Mac. `why`: what shows it. */
export function notRunHere(kext: LoadedKextFacts, why: string): Diagnosis {
  return told(kext, {
    about: 'load',
    message: `${kext.bundleIdentifier} is loaded, but not run here: says nothing about leaks.`,
    evidence: [{ text: why }],
    remedy: `Build it with SIMULATED_MAC set, so that ${kext.target} gets code that it can run.`,
    certainty: 'certain',
  });
}

/**
 * A build for the Simulated Mac failed because it names what the Simulated Mac has not. undefined where the errors speak
 * of nothing that a Mac's kernel might have: then the mistake is the driver's own.
 */
export function notBuiltHere(kext: LoadedKextFacts, build: readonly Diagnosis[]): Diagnosis | undefined {
  const names = [...new Set(build.flatMap(({ severity, message }) => (severity === 'error' ? nameIn(message) : [])))];
  if (names.length === 0) return undefined;
  return told(kext, {
    about: 'build',
    message: `${kext.bundleIdentifier} is not run here: says nothing about leaks. ${capital(kext.target)} lacks ${count(names.length, 'name')} of the kernel that it uses.`,
    evidence: names.map((text): Evidence => ({ text })),
    remedy: 'Check the spelling; what a Mac has and the Simulated Mac has not can only be tried on a Mac.',
    certainty: 'likely',
  });
}

const header =
  /^'((?:IOKit|libkern|kern|mach|machine|sys|net|netinet|os|pexpert|security|vm|i386|arm)\/\S+)' file not found/;
const member = /^no member named '(\w+)' in '((?:IO|OS)\w+)'/;
const undeclared =
  /(?:^use of undeclared identifier|^unknown type name|^(?:\S+: )?undefined symbol:|^no (?:type|template) named) '?(_{0,2}(?:k?IO|k?OS|lck_|thread_|kern_|mach_|clock_|PE_)\w+)/;

/** What of the kernel an error misses, as it is written. */
function nameIn(message: string): readonly string[] {
  const [, method, owner] = member.exec(message) ?? [];
  if (method !== undefined) return [`${owner}::${method}`];
  const name = header.exec(message)?.[1] ?? undeclared.exec(message)?.[1];
  return name === undefined ? [] : [name];
}

function told(
  kext: LoadedKextFacts,
  diagnosis: Pick<Diagnosis, 'about' | 'message' | 'evidence' | 'remedy' | 'certainty'>,
): Diagnosis {
  return {
    cause: 'notRunHere',
    severity: 'information',
    holders: [],
    ...diagnosis,
    ...(kext.identifierPosition === undefined ? {} : { anchor: kext.identifierPosition }),
  };
}

import { capabilitiesOf } from '../../model/capabilities.ts';
import type { Capabilities } from '../../model/capabilityTable.ts';
import type { SystemFacts } from '../../model/system.ts';
import type { TargetAnswers } from './doctorFacts.ts';

/** A system that said which one it is, and what follows from that. */
export interface KnownSystem {
  readonly facts: SystemFacts;
  readonly capabilities: Capabilities;
}

/** The target's system; undefined where it did not say its version. */
export function knownSystem({ version, kernel, protection, startup }: TargetAnswers): KnownSystem | undefined {
  if (version.answer === undefined) return undefined;
  const facts: SystemFacts = {
    version: version.answer.version,
    build: version.answer.build,
    architecture: kernel.answer?.architecture,
    usesKernelmanagerd: kernel.answer?.usesKernelmanagerd,
    integrityProtection: protection.answer,
    bootPolicy: startup.answer,
  };
  return { facts, capabilities: capabilitiesOf(facts) };
}

import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { KextBundle } from '../../bundle/kextBundle.ts';
import type { Diagnosis } from '../../diagnosis/diagnosis.ts';
import type { KeptFromTarget } from '../../diagnosis/keptFromTarget.ts';
import { crossBuilt, keptOutByBootPolicy, noCodeForTarget, notSigned } from '../../diagnosis/unfitBuild.ts';
import { capabilitiesOf } from '../../model/capabilities.ts';
import { readSystemWithPolicy } from '../kernel/readSystem.ts';
import type { Operation } from '../operation.ts';
import { factsOf } from '../project/kextFacts.ts';

/** Why the build is nothing for a real target, said before anything there is changed; nothing where it may be. */
export async function unfitForTarget(
  operation: Operation,
  bundle: KextBundle,
  signal: AbortSignal,
): Promise<readonly Diagnosis[]> {
  return (await whyUnfit(operation, bundle, signal)).map(({ diagnosis }) => diagnosis);
}

/** The same, also for before it is to be installed. What is not known for certain is left to the target's own tools. */
export async function whyUnfit(
  operation: Operation,
  bundle: KextBundle,
  signal: AbortSignal,
): Promise<readonly KeptFromTarget[]> {
  const { target } = operation;
  if (target.simulated) return [];
  const facts = factsOf(operation);
  if (bundle.infoPlist.crossBuilt) return [crossBuilt(facts)];
  const system = await readSystemWithPolicy(target, signal);
  const { kextArchitecture, signatureNeeded, bootPolicyAllowsKexts, reducedSecurityNeeded } = capabilitiesOf(system);
  const { bootPolicy, integrityProtection } = system;
  const found: KeptFromTarget[] = [];
  const has = bundle.executable?.architectures;
  if (has !== undefined && kextArchitecture.certain && !has.includes(kextArchitecture.value))
    found.push(noCodeForTarget(facts, kextArchitecture.value, has, kextArchitecture.why));
  // Whether the policy is for a bundle without code, too, was not found.
  if (has !== undefined && bootPolicy !== undefined && !bootPolicyAllowsKexts.value)
    found.push(keptOutByBootPolicy(facts, bootPolicy, reducedSecurityNeeded.why));
  const isOn = integrityProtection?.status === 'enabled' && signatureNeeded.certain && signatureNeeded.value;
  if (isOn && !(await isSigned(bundle))) found.push(notSigned(facts, system));
  return found;
}

/** Whether it has a signature; not whether anybody takes it. */
function isSigned({ folder }: KextBundle): Promise<boolean> {
  return stat(join(folder, 'Contents', '_CodeSignature')).then(
    there => there.isDirectory(),
    () => false,
  );
}

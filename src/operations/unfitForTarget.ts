import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { KextBundle } from '../bundle/kextBundle.ts';
import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import { crossBuilt, noCodeForTarget, notSigned } from '../diagnosis/unfitBuild.ts';
import { capabilitiesOf } from '../model/capabilities.ts';
import { factsOf } from './kextFacts.ts';
import type { Operation } from './operation.ts';
import { readSystem } from './readSystem.ts';

/**
 * Why the build is nothing for a real target, said before anything there is changed; undefined where it may be. What is not known for
 * certain is left to the target's own tools.
 */
export async function unfitForTarget(
  operation: Operation,
  bundle: KextBundle,
  signal: AbortSignal,
): Promise<Diagnosis | undefined> {
  const { target } = operation;
  if (target.simulated) return undefined;
  const facts = factsOf(operation);
  if (bundle.infoPlist.crossBuilt) return crossBuilt(facts);
  const system = await readSystem(target, signal);
  const { kextArchitecture, signatureNeeded } = capabilitiesOf(system);
  const has = bundle.executable?.architectures;
  if (has !== undefined && kextArchitecture.certain && !has.includes(kextArchitecture.value))
    return noCodeForTarget(facts, kextArchitecture.value, has, kextArchitecture.why);
  const isOn = system.integrityProtection?.status === 'enabled' && signatureNeeded.certain && signatureNeeded.value;
  return isOn && !(await isSigned(bundle)) ? notSigned(facts, system) : undefined;
}

/** Whether it has a signature; not whether anybody takes it. */
function isSigned({ folder }: KextBundle): Promise<boolean> {
  return stat(join(folder, 'Contents', '_CodeSignature')).then(
    there => there.isDirectory(),
    () => false,
  );
}

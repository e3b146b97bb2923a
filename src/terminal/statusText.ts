import { knownSuperclasses } from '../diagnosis/instances.ts';
import { ownInstances } from '../model/classCounts.ts';
import { isApple } from '../model/kext.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { KextRecord } from '../operations/kextRecord.ts';
import type { Operation } from '../operations/operation.ts';
import { toJson } from '../tools/json.ts';

/** `status`: what is loaded, with the project's classes and their live instances. */
export function statusText(
  { project, target }: Pick<Operation, 'project' | 'target'>,
  snapshot: Snapshot,
  record: KextRecord | undefined,
): { readonly document: Record<string, unknown>; readonly text: string } {
  const superclasses = knownSuperclasses(project.declarations, snapshot.registry);
  const classes = project.classes.map(name => ({
    name,
    instances: ownInstances(name, snapshot.classCounts, superclasses) ?? null,
  }));
  const holds = record !== undefined && record.bootTime === snapshot.system.bootTime;
  const waiting = record?.pending === undefined ? undefined : holds ? 'restart' : 'finish';
  const own = snapshot.kexts.find(kext => kext.bundleIdentifier === project.bundleIdentifier);
  const kexts = snapshot.kexts.map(kext => ({
    ...(toJson(kext) as Record<string, unknown>),
    ...(kext === own ? { classes, refused: holds && record.refused !== undefined } : {}),
  }));
  const third = snapshot.kexts.filter(kext => !isApple(kext.bundleIdentifier));
  const rows = third.map(kext => `${kext.bundleIdentifier} ${kext.version} ${kext.uuid ?? 'no UUID'}`);
  const lines = [
    `${target.name} · macOS ${snapshot.system.version}`,
    ...(third.length === 0 ? [`Nothing is loaded but Apple's ${snapshot.kexts.length} kexts.`] : rows),
    ...(own === undefined ? [] : classes.map(({ name, instances }) => `  ${name}: ${instances ?? 'not registered'}`)),
    ...(waiting === undefined
      ? []
      : [waiting === 'restart' ? 'Waiting for a restart.' : 'The reload can be finished.']),
  ];
  const document = {
    target: target.id,
    system: snapshot.system,
    kexts,
    ...(waiting === undefined ? {} : { waiting }),
  };
  return { document, text: lines.join('\n') };
}

import type { KextBundle } from '../bundle/kextBundle.ts';
import { ownCounts } from '../diagnosis/instances.ts';
import { isApple } from '../model/kext.ts';
import { loadedKext, type Snapshot } from '../model/snapshot.ts';
import type { Operation } from '../operations/operation.ts';
import type { KextProject } from '../operations/project/kextProject.ts';
import type { KnownStanding } from '../operations/record/readStanding.ts';
import type { XcodeBuild } from '../operations/xcode/xcodeBuild.ts';
import { diagnosisText } from '../report/diagnosisText.ts';
import { toJson } from '../tools/text/json.ts';
import { diagnosisJson } from './diagnosisJson.ts';
import { xcodeText } from './xcodeText.ts';

/** `status`: which product the project has, what is loaded, with the project's classes and their live instances, and how the project's kext stands. */
export function statusText(
  { project, target }: Pick<Operation, 'project' | 'target'>,
  snapshot: Snapshot,
  { refused, waiting, diagnoses, panic, stopped, atLoad }: KnownStanding,
  bundle: KextBundle | undefined,
): { readonly document: Record<string, unknown>; readonly text: string } {
  const counts = ownCounts(project.classes, project.declarations, snapshot);
  const classes = project.classes.map(name => {
    const [instances, before] = [counts.get(name), atLoad?.get(name)];
    const sinceLoad = instances === undefined || before === undefined ? {} : { sinceLoad: instances - before };
    return { name, instances: instances ?? null, ...sinceLoad };
  });
  const own = loadedKext(snapshot, project.bundleIdentifier);
  const kexts = snapshot.kexts.map(kext => ({
    ...(toJson(kext) as Record<string, unknown>),
    ...(kext === own ? { classes, refused } : {}),
  }));
  const third = snapshot.kexts.filter(kext => !isApple(kext.bundleIdentifier));
  const rows = third.map(kext => `${kext.bundleIdentifier} ${kext.version} ${kext.uuid ?? 'no UUID'}`);
  const lines = [
    `${target.name} · macOS ${snapshot.system.version}`,
    ...(project.xcode === undefined ? [] : [builtText(project, project.xcode, bundle)]),
    ...(third.length === 0 ? [`Nothing is loaded but Apple's ${snapshot.kexts.length} kexts.`] : rows),
    ...(own === undefined ? [] : classes.map(classText)),
    ...diagnoses.map(diagnosis => diagnosisText(diagnosis, project.folder)),
    ...(refused
      ? [`${project.bundleIdentifier} was terminated, and stays loaded until ${target.called} restarts.`]
      : []),
    ...(waiting === undefined ? [] : [waits[waiting]]),
  ];
  const document = {
    target: target.id,
    project: projectJson(project, bundle),
    system: snapshot.system,
    kexts,
    ...(waiting === undefined ? {} : { waiting }),
    ...(stopped === undefined ? {} : { interrupted: stopped }),
    ...(panic?.report === undefined ? {} : { panicReport: panic.report }),
    diagnoses: diagnoses.map(diagnosis => diagnosisJson(diagnosis, project.folder)),
  };
  return { document, text: lines.join('\n') };
}

function classText({ name, instances, sinceLoad = 0 }: StatusClass): string {
  const more = sinceLoad > 0 ? ` (+${sinceLoad} since its load)` : '';
  return `  ${name}: ${instances ?? 'not registered'}${more}`;
}

interface StatusClass {
  readonly name: string;
  readonly instances: number | null;
  readonly sinceLoad?: number;
}

/** Which target makes the kext and how, and where the product lies. */
function builtText(project: KextProject, xcode: XcodeBuild, bundle: KextBundle | undefined): string {
  const built = bundle === undefined ? 'not built' : `built in ${bundle.folder}`;
  return `${project.bundleIdentifier}: ${xcodeText(xcode, project.folder)}: ${built}`;
}

function projectJson({ bundleIdentifier, version, infoPlist, xcode }: KextProject, bundle: KextBundle | undefined) {
  return {
    bundleIdentifier,
    version,
    infoPlist: infoPlist.file,
    bundle: bundle?.folder ?? null,
    uuid: bundle?.executable?.uuid ?? null,
    ...(xcode === undefined ? {} : { xcode: toJson(xcode) }),
  };
}

const waits = {
  approval: 'Waiting for its approval.',
  restart: 'Waiting for a restart.',
  finish: 'The reload can be finished: reload again.',
} as const;

import { access } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { KextBundle } from '../bundle/kextBundle.ts';
import { buildDiagnoses, missingBuildTool } from '../diagnosis/buildDiagnoses.ts';
import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import type { ToolCommand } from '../tools/port/toolCommand.ts';
import { ToolNotStarted } from '../tools/port/toolErrors.ts';
import type { ToolOutput } from '../tools/port/toolOutput.ts';
import { compiledSources } from '../tools/xcode/compiledSources.ts';
import { xcodebuildProducts } from '../tools/xcode/xcodebuildProducts.ts';
import { missingHere } from './missingHere.ts';
import type { Operation } from './operation.ts';
import type { BuildExtent } from './phases.ts';
import { listCompiled } from './project/declarations.ts';
import type { KextProject } from './project/kextProject.ts';
import { rememberIdentifier } from './project/knownIdentifier.ts';
import { product } from './project/product.ts';
import { ProjectGone } from './project/projectGone.ts';

/** The product, or why there is none; compiler warnings come with either. */
export interface Built {
  readonly bundle: KextBundle | undefined;
  readonly diagnoses: readonly Diagnosis[];
}

/** A build may take this long, in ms, before it counts as hanging. */
const longestBuildMs = 30 * 60_000;

/**
 * Runs the project's build command in its folder on this machine and reads the product; tells how far
 * that is for as long as the command says what it compiles. Rejects with ToolNotStarted when the command or a tool that it needs is missing, and with ProjectGone.
 */
export async function buildProject(
  { project, target, host, records }: Pick<Operation, 'project' | 'target' | 'host' | 'records'>,
  signal: AbortSignal,
  tell: (extent: BuildExtent) => void = () => undefined,
): Promise<Built> {
  const [tool = 'make', ...argv] = project.buildCommand;
  const environment = await target.buildEnvironment(signal);
  const command: ToolCommand<ToolOutput> = {
    tool,
    argv,
    asRoot: false,
    timeoutMs: longestBuildMs,
    leashed: true,
    folder: project.folder,
    environment: { LC_ALL: 'C.UTF-8', ...environment },
    parse: output => output,
  };
  const since = Date.now();
  const { feed } = compiledSources(await extentTeller(project, signal, tell));
  const output = await host.run(command, signal, feed);
  signal.throwIfAborted();
  await access(project.folder).catch(() => {
    throw new ProjectGone(project.folder);
  });
  const missing = missingBuildTool(output);
  if (missing !== undefined) throw new ToolNotStarted(missing, 'the build needs it', true);
  const diagnoses = buildDiagnoses(command, output, project);
  if (output.exitCode !== 0) {
    const told = await missingHere({ project, target }, environment.SIMULATED_MAC, diagnoses, signal);
    return { bundle: undefined, diagnoses: told };
  }
  const said = xcodebuildProducts(output.stdout + output.stderr);
  const made = await product(project, { since, said });
  await rememberIdentifier(project, records, made.bundle?.infoPlist.bundleIdentifier);
  return { bundle: made.bundle, diagnoses: [...diagnoses, ...made.diagnoses] };
}

/** Of how many is known for as long as the build compiles none but the project's own sources. One that is compiled twice is one. */
async function extentTeller(
  project: KextProject,
  signal: AbortSignal,
  tell: (extent: BuildExtent) => void,
): Promise<(source: string) => void> {
  const own = await listCompiled(project, signal);
  const compiled = new Set<string>();
  let ownAlone = true;
  return source => {
    const file = resolve(project.folder, source);
    if (compiled.has(file)) return;
    compiled.add(file);
    ownAlone &&= own.has(file);
    tell({ files: compiled.size, of: ownAlone ? own.size : undefined });
  };
}

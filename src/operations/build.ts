import { access } from 'node:fs/promises';
import type { KextBundle } from '../bundle/kextBundle.ts';
import { buildDiagnoses, missingBuildTool } from '../diagnosis/buildDiagnoses.ts';
import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import type { ToolCommand } from '../tools/toolCommand.ts';
import { ToolNotStarted } from '../tools/toolErrors.ts';
import type { ToolOutput } from '../tools/toolOutput.ts';
import { xcodebuildProducts } from '../tools/xcodebuildProducts.ts';
import { rememberIdentifier } from './knownIdentifier.ts';
import { missingHere } from './missingHere.ts';
import type { Operation } from './operation.ts';
import { product } from './product.ts';
import { ProjectGone } from './projectGone.ts';

/** The product, or why there is none; compiler warnings come with either. */
export interface Built {
  readonly bundle: KextBundle | undefined;
  readonly diagnoses: readonly Diagnosis[];
}

/** A build may take this long, in ms, before it counts as hanging. */
const longestBuildMs = 30 * 60_000;

/**
 * Runs the project's build command in its folder on this machine and reads the product. Rejects with ToolNotStarted when
 * the command or a tool that it needs is missing, and with ProjectGone.
 */
export async function buildProject(
  { project, target, host, records }: Pick<Operation, 'project' | 'target' | 'host' | 'records'>,
  signal: AbortSignal,
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
  const output = await host.run(command, signal);
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

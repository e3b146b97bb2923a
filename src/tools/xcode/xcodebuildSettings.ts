/**
 * What `xcodebuild -showBuildSettings -json` and `xcodebuild -list -json` print, after lines of its own in some versions:
 *   [ { "action" : "build", "target" : "Turbine", "buildSettings" : { "FULL_PRODUCT_NAME" : "Turbine.kext", … } } ]
 *   { "project" : { "name" : "Turbine", "schemes" : [ … ], "targets" : [ … ], "configurations" : [ … ] } }
 */
import { requireWholeAnswer } from '../port/answer.ts';
import type { ToolCommand } from '../port/toolCommand.ts';
import { UnknownToolText } from '../port/toolErrors.ts';
import type { ToolOutput } from '../port/toolOutput.ts';
import { jsonObjects } from '../text/jsonObjects.ts';

/** The build settings of one target, all evaluated. */
export interface ShownSettings {
  readonly target: string;
  readonly settings: ReadonlyMap<string, string>;
}

/** What a project has. */
export interface ShownProject {
  readonly schemes: readonly string[];
  readonly targets: readonly string[];
  readonly configurations: readonly string[];
}

const timeoutMs = 60_000;

/** Asks for the settings of what `selection` names: the arguments of a build without its action. Throws UnknownToolText. */
export function showBuildSettings(selection: readonly string[], folder: string): ToolCommand<readonly ShownSettings[]> {
  return xcodebuild(
    [...selection, '-showBuildSettings', '-json'],
    folder,
    parseShownSettings,
    'a list of build settings',
  );
}

/** Asks what a project has. Throws UnknownToolText. */
export function listProject(projectFile: string, folder: string): ToolCommand<ShownProject> {
  return xcodebuild(['-project', projectFile, '-list', '-json'], folder, parseShownProject, 'a list of schemes');
}

function xcodebuild<T>(
  argv: readonly string[],
  folder: string,
  read: (text: string) => T | undefined,
  expected: string,
): ToolCommand<T> {
  const parse = (output: ToolOutput) => {
    requireWholeAnswer('xcodebuild', expected, output);
    const told = output.exitCode === 0 ? read(output.stdout) : undefined;
    if (told === undefined) throw new UnknownToolText('xcodebuild', expected, output);
    return told;
  };
  return { tool: 'xcodebuild', argv, asRoot: false, timeoutMs, folder, environment: { LC_ALL: 'C.UTF-8' }, parse };
}

/** Whether no Xcode runs on this machine: xcodebuild is there without one, as the command line tools bring it. */
export function lacksXcode({ stdout, stderr }: Pick<ToolOutput, 'stdout' | 'stderr'>): boolean {
  return /^xcode-select: (?:error|note): |^xcrun: error: (?:unable to find utility|invalid active developer path)/m.test(
    stderr + stdout,
  );
}

/** The settings of each target; undefined where the text has none. */
export function parseShownSettings(text: string): readonly ShownSettings[] | undefined {
  const shown = objectsIn(text).flatMap(({ target, buildSettings }) =>
    typeof target === 'string' && isRecord(buildSettings) ? [{ target, settings: textsOf(buildSettings) }] : [],
  );
  return shown.length === 0 ? undefined : shown;
}

/** What the project has; undefined where the text does not say it. */
function parseShownProject(text: string): ShownProject | undefined {
  const project = objectsIn(text)
    .map(({ project: told, workspace }) => told ?? workspace)
    .find(isRecord);
  if (project === undefined) return undefined;
  const { schemes, targets, configurations } = project;
  return { schemes: listOf(schemes), targets: listOf(targets), configurations: listOf(configurations) };
}

type Json = Readonly<Record<string, unknown>>;

/** The outermost objects of the text; lines that are no JSON stand around them. */
function objectsIn(text: string): readonly Json[] {
  const reader = jsonObjects();
  return text
    .split('\n')
    .flatMap(line => reader.take(line.replace(/\r$/, '')).found)
    .map(parsed)
    .filter(object => object !== undefined);
}

function parsed(object: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(object);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textsOf(record: Json): ReadonlyMap<string, string> {
  return new Map(Object.entries(record).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

function listOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter(item => typeof item === 'string') : [];
}

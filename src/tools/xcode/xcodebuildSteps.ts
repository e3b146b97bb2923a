import type { Line } from '../text/lines.ts';
import { targetOf } from './xcodebuildTarget.ts';

/** Names of steps, for those that tell neither their target nor their commands. */
const steps =
  /^(?:Analyze(?:Shallow)?|Build|ClangStatCache|Clean\.Remove|CodeSign|Compile(?:C|Swift|SwiftSources|XIB|Storyboard|AssetCatalog)|Copy(?:Files|PlistFile|PNGFile|StringsFile|SwiftLibs)?|CpHeader|CpResource|Create(?:BuildDirectory|UniversalBinary)|Ditto|EmitSwiftModule|ExternalBuildToolExecution|GenerateDSYMFile|GenerateTAPI|Iig|Ld|Lex|Libtool|LinkStoryboards|MergeSwiftModule|Mig|MkDir|PBXCp|PhaseScriptExecution|PrecompileModule|Preprocess|Process(?:InfoPlistFile|PCH|PCH\+\+|ProductPackaging(?:DER)?)|RegisterExecutionPolicyException|RegisterWithLaunchServices|Rez|ScanDependencies|Set(?:Group|Mode|OwnerAndGroup)|Strip|SwiftCompile|SwiftDriver|SymLink|Touch|Unifdef|Validate(?:EmbeddedBinary)?|Write(?:AuxiliaryFile|File)|Yacc) \S/;
const phases =
  /^(?:Check dependencies|Create build description|Create product structure|Write auxiliary files|Prepare (?:build|packages)|Resolve Package Graph|Analyze workspace|Planning build|Compute(?:Package\w+|Target\w+)|GatherProvisioningInputs|CreateBuild(?:Description|Operation|Request)|SendProjectDescription|Build (?:description|preparation) .+)$/;
/** Titles with indented lines below. */
const titles =
  /^(?:Command line invocation|User defaults from command line|Build settings from (?:command line|configuration file '.+')|Target dependency graph \(\d+ targets?\)|Resolved source packages):?$/;
const command =
  /^(?: {4}|\t)(?:cd |export |setenv |builtin-|\/|mkdir |write-file |touch |chmod |chown |ditto |Using response file: |Signing Identity: |Provisioning Profile: )/;

const noise: readonly RegExp[] = [
  /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+ \w+\[\d+(?::\w+)?\]/,
  /^(?:\S+: )?note: /,
  /^=== [A-Z]+ (?:AGGREGATE |LEGACY )?TARGET .{1,200} OF PROJECT .{1,400} ===$/,
  /^--- xcodebuild: WARNING: /,
  /^\s*\{ ?platform:.+\}$/,
  /: replacing existing signature$/,
  /^(?:write-file |Signing Identity: |Provisioning Profile: )/,
  /^\S*[$#%>] .*\bxcodebuild\b/,
];

/** True for lines that xcodebuild prints while all is well. */
export function isXcodebuildNotice(text: string): boolean {
  return command.test(text) || phases.test(text.trimEnd()) || noise.some(pattern => pattern.test(text));
}

/**
 * How many lines at `lines[at]` tell of one step: its name with its files, and the indented commands that it runs; 0 where
 * no step starts. Titles with indented lines below count, too.
 */
export function stepLength(lines: readonly Line[], at: number): number {
  const text = lines[at]?.text ?? '';
  const below = lines[at + 1]?.text ?? '';
  const isNamed = /^[A-Z][\w.+]*(?: |$)/.test(text);
  const isStep = isNamed && (targetOf(text).target !== undefined || steps.test(text) || command.test(below));
  if (!isStep && !titles.test(text.trimEnd())) return 0;
  let length = 1;
  while (/^(?: {4}|\t)\s*\S/.test(lines[at + length]?.text ?? '')) length += 1;
  return length;
}

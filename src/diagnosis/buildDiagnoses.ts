import type { SourcePosition } from '../model/sourcePosition.ts';
import { parseClang } from '../tools/clang.ts';
import { commandLine, type ToolCommand } from '../tools/port/toolCommand.ts';
import { howItEnded } from '../tools/port/toolErrors.ts';
import type { ToolOutput } from '../tools/port/toolOutput.ts';
import type { CompilerMessage } from '../tools/xcode/compilerMessage.ts';
import type { LinkerMessage } from '../tools/xcode/linkerMessage.ts';
import type { MakeMessage } from '../tools/xcode/makeMessage.ts';
import type { XcodebuildMessage } from '../tools/xcode/xcodebuildMessage.ts';
import { isXcodebuildText, parseXcodebuild, type XcodebuildRecord } from '../tools/xcodebuild.ts';
import type { Diagnosis } from './diagnosis.ts';

/** Where the build ran and where a failure without a place of its own is shown. */
export interface BuiltProject {
  readonly folder: string;
  readonly identifierPosition: SourcePosition | undefined;
}

/** How many last lines stand as evidence for a build that failed without a message of a known form. */
const lastWords = 12;

/** What a build said, as diagnoses on the lines that it named. A failed build has at least one error. */
export function buildDiagnoses(
  command: ToolCommand<unknown>,
  output: ToolOutput,
  project: BuiltProject,
): readonly Diagnosis[] {
  const text = output.stdout + output.stderr;
  const parse: (text: string) => { readonly records: readonly XcodebuildRecord[] } = isXcodebuildText(text)
    ? parseXcodebuild
    : parseClang;
  // Of a make that another one starts elsewhere it is not told where its makefile lies.
  const isOneMake = !/: Entering directory /.test(text);
  const found = eachOnce(parse(text).records.flatMap(record => ofMessage(record, project, isOneMake) ?? []));
  if (output.exitCode === 0 || found.some(({ severity }) => severity === 'error')) return found;
  const lines = text.trimEnd().split('\n').slice(-lastWords);
  const failed = diagnosis(
    `The build failed: ${commandLine(command)} ${howItEnded(output)}.`,
    'error',
    lines.map(line => ({ text: line })),
    project.identifierPosition,
  );
  return [...found, failed];
}

/** A file that is compiled for several architectures, or a header of several files, is wrong only once. */
function eachOnce(diagnoses: readonly Diagnosis[]): readonly Diagnosis[] {
  const keys = new Set<string>();
  return diagnoses.filter(({ message, severity, anchor }) => {
    const key = JSON.stringify([message, severity, anchor]);
    return keys.size < keys.add(key).size;
  });
}

/** The program that the build could not find, if that is why it failed. */
export function missingBuildTool(output: ToolOutput): string | undefined {
  if (output.exitCode === 0) return undefined;
  const said = parseClang(output.stdout + output.stderr).records.filter(record => record.kind === 'make');
  // Of a makefile that is not there make says the same, and then that it has no rule for it.
  const isFile = (name: string) => said.some(({ target, status }) => target === name && status === undefined);
  return said.find(({ missingTool }) => missingTool !== undefined && !isFile(missingTool))?.missingTool;
}

/** undefined for a record that only says that the build failed, or that another step of it did. */
function ofMessage(record: XcodebuildRecord, project: BuiltProject, isOneMake: boolean): Diagnosis | undefined {
  switch (record.kind) {
    case 'compiler':
      return ofCompiler(record, project.folder);
    case 'linker':
    case 'driver':
      return ofLinker(record, project);
    case 'xcodebuild':
      return ofXcodebuild(record, project);
    case 'make':
      return isOneMake ? ofMakefile(record, project.folder) : undefined;
    default:
      return undefined;
  }
}

/** What is wrong with the settings or the signature has no line. */
function ofXcodebuild(message: XcodebuildMessage, { identifierPosition }: BuiltProject): Diagnosis {
  const file = message.about?.split('/').at(-1);
  const details = message.details.map(text => ({ text }));
  return diagnosis(`${file ?? 'xcodebuild'}: ${message.text}`, message.severity, details, identifierPosition);
}

function ofCompiler(message: CompilerMessage, folder: string): Diagnosis {
  const flag = message.flag === undefined ? '' : ` [${message.flag}]`;
  const notes = message.notes.map(note => ({ text: note.text, position: position(folder, note) }));
  const severity = message.severity === 'warning' ? 'warning' : 'error';
  return diagnosis(`${message.text}${flag}`, severity, notes, position(folder, message));
}

function ofMakefile({ text, place }: MakeMessage, folder: string): Diagnosis | undefined {
  return place && diagnosis(`make: ${text}`, 'error', [], position(folder, { ...place, column: undefined }));
}

function ofLinker(message: LinkerMessage, project: BuiltProject): Diagnosis | undefined {
  // The compiler driver only repeats that the step before it failed.
  if (message.kind === 'driver') return undefined;
  const details = message.details.map(text => ({ text }));
  const place = message.details.map(line => /([^\s(]+):(\d+)\b/.exec(line)).find(match => match !== null);
  const anchor =
    place?.[1] === undefined
      ? project.identifierPosition
      : position(project.folder, { file: place[1], line: Number(place[2]), column: undefined });
  return diagnosis(`${message.tool ?? 'link'}: ${message.text}`, message.severity, details, anchor);
}

function position(
  folder: string,
  place: {
    readonly file: string;
    readonly line: number;
    readonly column: number | undefined;
    readonly endColumn?: number;
  },
): SourcePosition {
  const file = place.file.startsWith('/') ? place.file : `${folder}/${place.file}`;
  const { line, column = 1, endColumn } = place;
  return { file, line, column, ...(endColumn === undefined ? {} : { endColumn }) };
}

function diagnosis(
  message: string,
  severity: Diagnosis['severity'],
  evidence: Diagnosis['evidence'],
  anchor: SourcePosition | undefined,
): Diagnosis {
  return {
    about: 'build',
    cause: 'buildError',
    severity,
    message,
    evidence,
    holders: [],
    remedy: '',
    certainty: 'certain',
    ...(anchor === undefined ? {} : { anchor }),
  };
}

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CaptureOrigin, readCapture } from '../../../src/tools/captures/captureFile.ts';
import { parsers } from '../../../src/tools/parsers.ts';
import { allText } from '../../../src/tools/port/answer.ts';

/** Tool output as a file keeps it. */
export interface Capture {
  readonly name: string;
  readonly origin: 'captures' | 'recorded' | 'rebuilt';
  /** Of a capture of the project: whether a tool printed it, or somebody wrote it anew. */
  readonly seen: CaptureOrigin;
  readonly tool: string;
  /** What the tool was called with. */
  readonly argv: readonly string[];
  /** The system, in the words of whoever wrote it down: `10.14.5 (18F132)`, `11-12`. */
  readonly macos: string;
  readonly text: string;
  /** undefined for captures without a head line. */
  readonly exitCode: number | undefined;
}

const root = join(import.meta.dirname, '../../..');
const ownFolder = join(root, 'test/captures');
const sharedFolder = join(root, '../shared/corpus');

/** The project's own capture of that name, without its head line. */
export function capture(name: string): string {
  return ownCapture(`${name}.txt`).text;
}

/** Every capture that a parser is for. */
export function allCaptures(): readonly Capture[] {
  return storedCaptures().filter(({ tool }) => tool in parsers);
}

/** Every capture under test/captures, and of the corpus next to the project where it is present. */
export function storedCaptures(): readonly Capture[] {
  const own = textFiles(ownFolder).map(ownCapture);
  const shared = (['recorded', 'rebuilt'] as const).flatMap(origin => {
    const folder = join(sharedFolder, origin);
    return textFiles(folder).map(name => sharedCapture(folder, name, origin));
  });
  return [...own, ...shared];
}

function textFiles(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder).filter(name => name.endsWith('.txt')) : [];
}

function ownCapture(name: string): Capture {
  const read = readCapture(readFileSync(join(ownFolder, name), 'utf8'));
  if (read === undefined) throw new Error(`${name} has no head line`);
  const { origin, stdout, stderr, exitCode, ...head } = read;
  const text = allText({ stdout, stderr, exitCode, signal: null, timedOut: false, cancelled: false });
  return { ...head, name, origin: 'captures', seen: origin, text, exitCode: exitCode ?? undefined };
}

function sharedCapture(folder: string, name: string, origin: 'recorded' | 'rebuilt'): Capture {
  const text = readFileSync(join(folder, name), 'utf8');
  return {
    name,
    origin,
    seen: origin,
    tool: parserOf(name),
    ...calledWith(join(folder, name.replace(/\.txt$/, '.meta.json'))),
    text,
    exitCode: undefined,
  };
}

/** The parser's name for a file of the corpus, which is named after its tool, the longest name first. */
const byName: readonly (readonly [start: string, parser: string])[] = [
  ['build-gcc', 'clang'],
  ['kmutil-log', 'kernel-log'],
  ['log-', 'kernel-log'],
  ['dmesg', 'kernel-log'],
  ['console', 'system-log'],
  ['syslog', 'system-log'],
  ['kmutil-showloaded', 'kmutil-showloaded'],
];

function parserOf(name: string): string {
  return byName.find(([start]) => name.startsWith(start))?.[1] ?? name.split('-')[0] ?? '';
}

/** A command line may go on with a pipe, or with a remark in brackets. */
function calledWith(path: string): Pick<Capture, 'argv' | 'macos'> {
  const { tool, macos } = JSON.parse(readFileSync(path, 'utf8')) as { tool: string; macos: string };
  const [command = ''] = tool.split(/ ?[|(]/);
  return { argv: command.split(/\s+/).slice(1), macos };
}

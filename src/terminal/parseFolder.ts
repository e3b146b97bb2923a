import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { linesNotUnderstood } from '../report/captureReviewText.ts';
import { exitStatus } from '../report/exitStatus.ts';
import { readCapture } from '../tools/captures/captureFile.ts';
import { parseCapture } from '../tools/captures/captureParsers.ts';
import { parsers } from '../tools/parsers.ts';
import { allText } from '../tools/port/answer.ts';
import { UsageError } from './options.ts';
import type { Answer } from './runCommand.ts';

/** `parse DIR`: every capture of a folder by the parser that its head line names; what was not understood, file by file. */
export async function parseFolder(folder: string): Promise<Answer> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    const known = Object.keys(parsers).join(', ');
    throw new UsageError(
      `${folder} is no folder of captures (${error.code}); parse takes one, or a tool and a file: parse ${known} FILE`,
    );
  });
  const texts = names.filter(name => name.endsWith('.txt')).toSorted();
  const read = await Promise.all(texts.map(name => parseFile(folder, name)));
  const files = read.filter(file => file !== undefined);
  if (files.length === 0)
    throw new UsageError(`${folder} holds no capture; expected files that begin with # {"tool": …}`);
  const lines = files.flatMap(({ file, tool, notUnderstood }) => [
    `${file}: ${tool}, ${notUnderstood.length === 0 ? 'understood' : linesNotUnderstood(notUnderstood.length)}`,
    ...notUnderstood.map(({ line, text }) => `  line ${line}: ${text}`),
  ]);
  const understood = files.every(({ notUnderstood }) => notUnderstood.length === 0);
  return {
    document: { captures: files },
    text: lines.join('\n'),
    status: understood ? exitStatus.done : exitStatus.refused,
  };
}

/** Lines count from the first one behind the head. */
async function parseFile(folder: string, file: string) {
  const text = await readFile(join(folder, file), 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`${join(folder, file)} cannot be read (${error.code}); expected a capture`);
  });
  const capture = readCapture(text);
  if (capture === undefined) return undefined;
  const { tool, macos, argv, origin } = capture;
  const { records, notices, notUnderstood } = parseCapture(
    tool,
    allText({ ...capture, signal: null, timedOut: false, cancelled: false }),
  );
  return { file, tool, macos, argv, origin, records: records.length, notices: notices.length, notUnderstood };
}

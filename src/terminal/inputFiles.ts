import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { readCapture } from '../tools/captures/captureFile.ts';
import { allText } from '../tools/port/answer.ts';
import { UsageError } from './options.ts';

/** How the files that a command line names are read; `-` is standard input. */
export interface InputFiles {
  /**
   * The whole text; of a capture what the tool said, without its head line. Rejects with UsageError naming the file and what was
   * expected.
   */
  readonly readInput: (file: string) => Promise<string>;
  /** The text in chunks, for files that may be of any size. Rejects in the same way. */
  readonly readChunks: (file: string) => AsyncIterable<string>;
}

/** Reads from this machine. */
export const inputFiles: InputFiles = { readInput, readChunks };

async function readInput(file: string): Promise<string> {
  if (file === '-') return toolText(await text(process.stdin));
  const content = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw unreadable(file, error);
  });
  requireText(file, content);
  return toolText(content);
}

function toolText(content: string): string {
  const capture = readCapture(content);
  return capture === undefined ? content : allText({ ...capture, signal: null, timedOut: false, cancelled: false });
}

async function* readChunks(file: string): AsyncIterable<string> {
  const stream = file === '-' ? process.stdin.setEncoding('utf8') : createReadStream(file, 'utf8');
  try {
    for await (const chunk of stream) {
      requireText(file, chunk);
      yield chunk;
    }
  } catch (error) {
    throw isSystemError(error) ? unreadable(file, error) : error;
  }
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error;
}

function unreadable(file: string, { code }: NodeJS.ErrnoException): UsageError {
  if (code === 'EISDIR') return new UsageError(`${file} is a folder; expected a text file`);
  return new UsageError(`${file} cannot be read (${code}); expected a text file`);
}

function requireText(file: string, content: string): void {
  if (content.includes('\0')) throw new UsageError(`${file} is a binary file; expected text`);
}

import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { UsageError } from './options.ts';

/** Text of a file, `-` for standard input. Rejects with UsageError naming the file and what was expected. */
export async function readInput(file: string): Promise<string> {
  if (file === '-') return text(process.stdin);
  const content = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EISDIR') throw new UsageError(`${file} is a folder; expected a text file`);
    throw new UsageError(`${file} cannot be read (${error.code}); expected a text file`);
  });
  if (content.includes('\0')) throw new UsageError(`${file} is a binary file; expected text`);
  return content;
}

import assert from 'node:assert/strict';
import { type DemoFiles, demoNames } from '../support/renamedDemo.ts';

/** A driver that does something which no driver should, and where it does it. */
export interface BadDriver {
  readonly files: DemoFiles;
  readonly file: string;
  /** Of the statement that was put in. */
  readonly line: number;
}

/** With `statement` as the first line of a method of the driver or the user client. */
export function withStatement(
  files: DemoFiles,
  owner: 'driver' | 'userClient',
  method: string,
  statement: string,
): BadDriver {
  const names = demoNames(files);
  const head = new RegExp(`^[\\w ]+[ *]${names[owner]}::${method}\\([^{;]*\\)\\n\\{\\n`, 'm');
  for (const [file, text] of files) {
    const match = head.exec(text);
    if (match === null) continue;
    const end = match.index + match[0].length;
    const edited = `${text.slice(0, end)}    ${statement}\n${text.slice(end)}`;
    return { files: new Map(files).set(file, edited), file, line: text.slice(0, end).split('\n').length };
  }
  throw new Error(`${names[owner]} has no ${method}().`);
}

/** Whose start() asks for a call in `amount` times `scale`, a constant of the kernel's: `kSecondScale`. */
export function withLateCall(files: DemoFiles, amount: number, scale: string): BadDriver {
  const call = 'thread_call_t late = thread_call_allocate([](void *, void *) { IOLog("late"); }, NULL);';
  const deadline = `uint64_t at; clock_interval_to_deadline(${amount}, ${scale}, &at);`;
  const bad = withStatement(files, 'driver', 'start', `${call} ${deadline} thread_call_enter_delayed(late, at);`);
  const includes = '#include <kern/clock.h>\n#include <kern/thread_call.h>\n';
  const source = bad.files.get(bad.file) ?? assert.fail();
  return { ...bad, files: new Map(bad.files).set(bad.file, includes + source), line: bad.line + 2 };
}

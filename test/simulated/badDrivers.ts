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

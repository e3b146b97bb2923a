/** An edit of the demo's text, as a developer would make it after the leak was reported. */
export interface DemoEdit {
  readonly name: string;
  /** True when a fresh start with the edited driver unloads cleanly after the driver was used. */
  readonly cures: boolean;
  /** File texts by name, before and after. Throws when the text that the edit is anchored to isn't there. */
  readonly apply: (files: ReadonlyMap<string, string>) => Map<string, string>;
}

/** The file that defines the user client. */
export const userClientSource = /^OSDefineMetaClassAndStructors\((\w+), IOUserClient\)/m;
/** The file that declares it. */
export const userClientHeader = /^class \w+ : public IOUserClient \{/m;

/** The one file whose text matches `kind`, as [name, text, match]. */
export function fileOf(files: ReadonlyMap<string, string>, kind: RegExp): [string, string, RegExpExecArray] {
  for (const [name, text] of files) {
    const match = kind.exec(text);
    if (match !== null) return [name, text, match];
  }
  throw new Error(`No file of the demo matches ${kind}.`);
}

/** `files` with the first `anchor` in the file of that kind replaced, and `include` put above its first #include <…>. */
export function replace(
  files: ReadonlyMap<string, string>,
  kind: RegExp,
  anchor: RegExp,
  replacement: string,
  include = '',
): Map<string, string> {
  const [name, text] = fileOf(files, kind);
  if (!anchor.test(text)) throw new Error(`${name} has nothing that matches ${anchor}.`);
  const edited = text.replace(anchor, replacement);
  return new Map(files).set(name, include === '' ? edited : edited.replace(/^#include </m, `${include}$&`));
}

/** With these lines, as they stand, at the start of the user client's stop(). */
export function inStop(files: ReadonlyMap<string, string>, lines: string): Map<string, string> {
  return replace(files, userClientSource, /^void \w+::stop\(IOService \*provider\)\n\{\n/m, `$&${lines}\n`);
}

/** With one more method of the user client, above stop(). */
export function withMethod(
  files: ReadonlyMap<string, string>,
  method: { readonly declaration: string; readonly definition: (className: string) => string },
): Map<string, string> {
  const className = fileOf(files, userClientSource)[2][1] ?? '';
  const declared = replace(
    files,
    userClientHeader,
    /^( *)void stop\(IOService \*provider\) override;\n/m,
    `$&$1${method.declaration}\n`,
  );
  return replace(
    declared,
    userClientSource,
    /^void \w+::stop\(IOService \*provider\)\n/m,
    `${method.definition(className)}\n\n$&`,
  );
}

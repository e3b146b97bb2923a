/** What make(1) or the shell that it starts says when a step fails. */
export interface MakeMessage {
  readonly kind: 'make';
  readonly text: string;
  /** What could not be made. */
  readonly target: string | undefined;
  /** The exit status of the command that failed. */
  readonly status: number | undefined;
  /** The program that was not found. */
  readonly missingTool: string | undefined;
  /** Where a makefile itself is wrong, or says that it cannot go on; the file as make has it. */
  readonly place?: { readonly file: string; readonly line: number };
}

const stopped = /^(?:\S*\/)?[gb]?make(?:\[\d+\])?: \*\*\* (.+)$/;
const inMakefile = /^([^\s:].{0,1000}?):(\d{1,9}): \*\*\* (.+?)\. {2}Stop\.$/;
const missing: readonly RegExp[] = [
  /^(?:\S*\/)?(?:ba|da|z|k)?sh: (?:line )?(?:\d+: )?(\S+): (?:command )?not found$/,
  // Where the folder in which it runs is gone it says so of getcwd, which is no program.
  /^(?:\S*\/)?[gb]?make(?:\[\d+\])?: (?!getcwd:)(\S+): (?:No such file or directory|Command not found)$/,
  /^env: [‘'"]?([^’'":]+)[’'"]?: No such file or directory$/,
];

/** What the line says about a failed step; undefined where it says nothing of the kind. */
export function readMakeMessage(text: string): MakeMessage | undefined {
  const told = stopped.exec(text)?.[1];
  if (told !== undefined) {
    const failed = /^\[(?:.*:\d+: )?(.+?)\] (?:Error (\d+)|(.+))$/.exec(told);
    const target = failed?.[1] ?? /^No rule to make target [`'‘]([^'’]+)['’]/.exec(told)?.[1];
    const status = failed?.[2];
    return {
      kind: 'make',
      text: told,
      target,
      status: status === undefined ? undefined : Number(status),
      missingTool: undefined,
    };
  }
  const [, file, line, why] = inMakefile.exec(text) ?? [];
  if (file !== undefined && why !== undefined) {
    const place = { file, line: Number(line) };
    return { kind: 'make', text: why, target: undefined, status: undefined, missingTool: undefined, place };
  }
  const tool = missing.map(pattern => pattern.exec(text)?.[1]).find(name => name !== undefined);
  return tool === undefined
    ? undefined
    : { kind: 'make', text: `${tool} was not found`, target: undefined, status: undefined, missingTool: tool };
}

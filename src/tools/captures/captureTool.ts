/** What the others are called. */
const byTool: ReadonlyMap<string, string> = new Map([
  ['log', 'kernel-log'],
  ['make', 'clang'],
]);

/** The name of the parser for what that call prints. */
export function captureTool(tool: string, argv: readonly string[]): string {
  if (tool === 'ioreg' && argv.includes('-a')) return 'ioreg-archive';
  if (tool === 'kmutil' && argv[0] === 'showloaded') return 'kmutil-showloaded';
  return byTool.get(tool) ?? tool;
}

/** The tool that was called, by the name of its captures' parser: the other way round. */
export function captureProgram(parser: string): string {
  if (parser === 'ioreg-archive') return 'ioreg';
  if (parser === 'kmutil-showloaded') return 'kmutil';
  return [...byTool].find(([, name]) => name === parser)?.[0] ?? parser;
}

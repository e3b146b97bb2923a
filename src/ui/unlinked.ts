/**
 * A text with foreign words in it, of a tool, a project or another machine, for a notification or an input box: VS Code follows
 * links in those, also to commands, so what would be one there is none.
 */
export function unlinked(text: string): string {
  return text.replaceAll('](', '] (');
}

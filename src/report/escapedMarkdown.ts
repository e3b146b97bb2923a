/** A text as Markdown, without what Markdown would take for its own: names and messages come from elsewhere. Blanks stay where a line may break. */
export function escapedMarkdown(text: string): string {
  return text.replaceAll(/[\\*_<>[\]`#|~&]/g, '\\$&');
}

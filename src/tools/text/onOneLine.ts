/** The lines of a text behind each other, with a blank between them and none around. */
export function onOneLine(text: string): string {
  return text
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '')
    .join(' ');
}

/** The beginning of a text that a message quotes: one line, at most 40 characters. */
export function excerpt(text: string): string {
  const line = text.replace(/[\s\x00-\x1f\x7f]+/g, ' ').trim();
  return [...line].slice(0, 40).join('');
}

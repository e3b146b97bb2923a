/** Whether a value is a program and its arguments: words, of which the first names the program. */
export function isProgramCall(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(word => typeof word === 'string') && (value[0] ?? '').trim() !== '';
}

/** Starts a sentence: the first letter large. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A target at the start of a sentence: `The Simulated Mac`, `This Mac`; the name of a host stays as it is. */
export function asSubject(target: string): string {
  return /^th(?:e|is) /.test(target) ? capital(target) : target;
}

/** Ends a sentence: with one full stop, whether the text has its own or none. */
export function withStop(text: string): string {
  return text.replace(/\.?$/, '.');
}

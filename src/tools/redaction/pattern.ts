import type { PrivateKind } from './original.ts';
import type { Found, Visit } from './privateValues.ts';

/** Gives a text with its private texts as `visit` wants them; it keeps the length of whatever it does not know. */
export type Rewrite = (text: string, visit: Visit) => string;

/** Rewrites whatever has that form, all that the expression matches being private. */
export function pattern(
  kind: PrivateKind,
  form: RegExp,
  isPrivate: (value: string) => boolean = () => true,
  more?: Found,
): Rewrite {
  return (text, visit) => text.replace(form, found => (isPrivate(found) ? visit(found, kind, more) : found));
}

import type { SourcePosition } from '../model/sourcePosition.ts';
import type { Diagnosis } from './diagnosis.ts';

/** What an error of a compiler or linker says is not there. */
export interface MissedName {
  /** What was asked for: a name, a member of a class, the definition of a type, a method to override, or a symbol. */
  readonly kind: 'header' | 'name' | 'member' | 'definition' | 'overridden' | 'symbol';
  readonly name: string;
  /** The class that has no such member. */
  readonly owner?: string;
  /** Whether the compiler proposes a name that is there. */
  readonly corrected: boolean;
  readonly anchor?: SourcePosition;
}

const undeclared =
  /^(?:use of undeclared identifier|unknown (?:type|class) name|(?:call to undeclared|implicit declaration of)(?: library)? function|no (?:type|template) named) '(\w+)'|^(?:no member named )?'(\w+)' (?:was not declared in this scope|in the global namespace)/;
const member = /^no member named '(\w+)' in '(?:[\w ]+::)*(\w+)(?:<.*>)?'/;
const incomplete = /\bincomplete type '(?:(?:const|class|struct|union) )*(\w+)'/;
const overridden = /^'(\w+)' marked 'override' but does not override any member functions/;
const symbol =
  /^\S+: undefined (?:symbol:|reference to) [`'"]?(?!vtable for |typeinfo )(?:_(?=_?[A-Za-z]\w*$))?(\w+)(?!\w|::)/;
const header =
  /^'((?:IOKit|libkern|kern|mach|machine|sys|net|netinet6?|miscfs|os|pexpert|security|vm|i386|arm|arm64|uuid|vfs|device|architecture|DriverKit)\/\S+|(?:Availability\w*|AssertMacros|TargetConditionals|errno|ptrauth)\.h)' file not found/;

/**
 * The name that an error misses, as it is written; undefined where the error is of another kind. `lineOf`: the text of
 * a line of the sources, for the messages that only point at the name.
 */
export function missedName(
  { severity, message, anchor }: Diagnosis,
  lineOf: (place: SourcePosition) => string | undefined,
): MissedName | undefined {
  if (severity !== 'error') return undefined;
  const rest = { corrected: /; did you mean /.test(message), ...(anchor === undefined ? {} : { anchor }) };
  const of = (kind: MissedName['kind'], name: string | undefined): MissedName | undefined =>
    name === undefined ? undefined : { kind, name, ...rest };
  const [, method, owner] = member.exec(message) ?? [];
  if (method !== undefined && owner !== undefined) return { kind: 'member', name: method, owner, ...rest };
  const line = anchor === undefined ? '' : (lineOf(anchor) ?? '');
  const column = (anchor?.column ?? 1) - 1;
  if (message === 'expected class name') return of('name', /^\w+/.exec(line.slice(column))?.[0]);
  if (message === "only virtual member functions can be marked 'override'")
    return of('overridden', /(\w+)\s*\([^()]*(?:\([^()]*\)[^()]*)*\)[\s\w]*$/.exec(line.slice(0, column))?.[1]);
  const [, name, gcc] = undeclared.exec(message) ?? [];
  return (
    of('name', name ?? gcc) ??
    of('definition', incomplete.exec(message)?.[1]) ??
    of('overridden', overridden.exec(message)?.[1]) ??
    of('header', header.exec(message)?.[1]) ??
    of('symbol', symbol.exec(message)?.[1])
  );
}

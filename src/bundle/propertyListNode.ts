import type { SourcePosition } from '../model/sourcePosition.ts';

interface Positioned {
  /** The element, from its `<`; it ends with the element where that closes on the same line, else with its start tag. */
  readonly position: SourcePosition;
}

/** `<string>`, its text with entities and CDATA resolved and white space kept. */
export interface StringNode extends Positioned {
  readonly kind: 'string';
  readonly value: string;
  /** What stands in the file, where the value was filled in from build settings. */
  readonly written?: string;
  /** The build makes the value of something that is not known; it is as written. */
  readonly unknown?: true;
}

/** `<integer>`, decimal or hexadecimal. */
export interface IntegerNode extends Positioned {
  readonly kind: 'integer';
  readonly value: bigint;
}

/** `<real>`. */
export interface RealNode extends Positioned {
  readonly kind: 'real';
  readonly value: number;
}

/** `<true/>` or `<false/>`. */
export interface BooleanNode extends Positioned {
  readonly kind: 'boolean';
  readonly value: boolean;
}

/** `<data>`, decoded. */
export interface DataNode extends Positioned {
  readonly kind: 'data';
  readonly value: Uint8Array;
}

/** `<date>`, in UTC, to the second. */
export interface DateNode extends Positioned {
  readonly kind: 'date';
  readonly value: Date;
}

/** `<array>`. */
export interface ArrayNode extends Positioned {
  readonly kind: 'array';
  readonly items: readonly PropertyListNode[];
}

/** One key of a `<dict>` with its value. */
export interface DictEntry {
  readonly key: string;
  /** The `<key>` element. */
  readonly keyPosition: SourcePosition;
  readonly value: PropertyListNode;
}

/** `<dict>`, in the order of the text; of a key that comes twice the later value counts, as CoreFoundation has it. */
export interface DictNode extends Positioned {
  readonly kind: 'dict';
  readonly entries: ReadonlyMap<string, DictEntry>;
}

/** A value of a property list (plist(5)) with its place in the text. */
export type PropertyListNode =
  | StringNode
  | IntegerNode
  | RealNode
  | BooleanNode
  | DataNode
  | DateNode
  | ArrayNode
  | DictNode;

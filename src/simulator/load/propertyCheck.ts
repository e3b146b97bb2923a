import type { DictNode, PropertyListNode } from '../../bundle/propertyListNode.ts';
import type { KextDiagnostics } from './kextDiagnostics.ts';

/** What is expected of a value. */
export interface Expectation {
  readonly kind: PropertyListNode['kind'];
  readonly required?: boolean;
  /** The empty string and the empty dictionary are refused. */
  readonly nonempty?: boolean;
  readonly legal?: readonly string[];
  /** A value of another type is only warned of. */
  readonly lenient?: boolean;
}

const tags: Readonly<Partial<Record<PropertyListNode['kind'], string>>> = {
  string: '<string>',
  integer: '<integer>',
  boolean: 'boolean, <true/> or <false/>',
  array: '<array>',
  dict: '<dict>',
  data: '<data>',
};

export const missingProperty = 'Info dictionary missing required property/value';
export const illegalValue = 'Info dictionary property value is illegal';
const illegalType = 'Info dictionary property value is of illegal type';
const incorrectType = 'Info dictionary property value is of incorrect type';

/**
 * One property of an Info.plist, judged as OSKext.c judges it (__OSKextCheckProperty). Gives the value where it is what
 * was expected, and writes down what is not; `path` is the key with those above it.
 */
export function checkProperty(
  dict: DictNode,
  path: readonly string[],
  { kind, required = false, nonempty = false, legal, lenient = false }: Expectation,
  found: KextDiagnostics,
): PropertyListNode | undefined {
  const value = dict.entries.get(path.at(-1) ?? '')?.value;
  const shown = path.join('.');
  if (value === undefined) {
    if (required) found.add('Validation Failures', missingProperty, shown);
    return undefined;
  }
  if (value.kind !== kind) {
    const tag = kind === 'integer' && value.kind === 'real' ? '<integer> (kexts may not use <real>)' : tags[kind];
    const text = `${shown} - should be ${tag}`;
    if (lenient) found.add('Warnings', incorrectType, text);
    else found.add('Validation Failures', illegalType, text);
    return undefined;
  }
  const illegal = legal !== undefined && value.kind === 'string' && !legal.includes(value.value);
  if (illegal || (nonempty && isEmpty(value))) {
    found.add('Validation Failures', illegalValue, shown);
    return undefined;
  }
  return value;
}

function isEmpty(value: PropertyListNode): boolean {
  if (value.kind === 'string') return value.value === '';
  return value.kind === 'dict' && value.entries.size === 0;
}

import type { DictEntry, PropertyListNode, StringNode } from './propertyListNode.ts';

/** A node with its texts, and those below it, as `change` makes them; keys stay. */
export function mapStrings(node: PropertyListNode, change: (text: StringNode) => StringNode): PropertyListNode {
  if (node.kind === 'string') return change(node);
  if (node.kind === 'array') return { ...node, items: node.items.map(item => mapStrings(item, change)) };
  if (node.kind !== 'dict') return node;
  const entries = [...node.entries].map(
    ([key, entry]) => [key, { ...entry, value: mapStrings(entry.value, change) }] as const,
  );
  return { ...node, entries: new Map<string, DictEntry>(entries) };
}

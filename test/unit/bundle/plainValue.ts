import type { PropertyListNode } from '../../../src/bundle/propertyListNode.ts';

/** The plain value, as npm's plist gives it. */
export function plain(node: PropertyListNode): unknown {
  switch (node.kind) {
    case 'array':
      return node.items.map(plain);
    case 'dict':
      return Object.fromEntries([...node.entries.values()].map(({ key, value }) => [key, plain(value)]));
    case 'integer':
      return Number(node.value);
    case 'data':
      return [...node.value];
    case 'date':
      return node.value.toISOString();
    default:
      return node.value;
  }
}

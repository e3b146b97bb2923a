import type { SourcePosition } from '../model/sourcePosition.ts';
import type { PropertyList } from './propertyList.ts';
import type { DictNode, PropertyListNode } from './propertyListNode.ts';

/** An object of a project file, by its class (`isa`) and its members. */
export interface XcodeObject {
  readonly id: string;
  readonly isa: string;
  readonly members: DictNode;
}

/** The objects of a project file, which refer to each other by their ids. */
export class XcodeObjects {
  readonly #objects: DictNode | undefined;
  /** The object that the others hang on: a PBXProject. */
  readonly root: XcodeObject | undefined;

  constructor({ root }: PropertyList) {
    const objects = memberOf(root, 'objects');
    this.#objects = objects?.kind === 'dict' ? objects : undefined;
    const id = memberOf(root, 'rootObject');
    this.root = id?.kind === 'string' ? this.get(id.value) : undefined;
  }

  get(id: string | undefined): XcodeObject | undefined {
    const members = id === undefined ? undefined : this.#objects?.entries.get(id)?.value;
    if (id === undefined || members?.kind !== 'dict') return undefined;
    return { id, isa: text(members, 'isa') ?? '', members };
  }

  /** The object that a member names. */
  at(object: XcodeObject | undefined, key: string): XcodeObject | undefined {
    return this.get(text(object?.members, key));
  }

  /** The objects that a member lists. */
  listed(object: XcodeObject | undefined, key: string): readonly XcodeObject[] {
    return texts(object?.members, key).flatMap(id => this.get(id) ?? []);
  }
}

/** The value of a member; undefined where it is none of text. */
export function text(members: DictNode | undefined, key: string): string | undefined {
  const value = members?.entries.get(key)?.value;
  return value?.kind === 'string' ? value.value : undefined;
}

/** The texts that a member lists. */
export function texts(members: DictNode | undefined, key: string): readonly string[] {
  const value = members?.entries.get(key)?.value;
  if (value?.kind !== 'array') return [];
  return value.items.flatMap(item => (item.kind === 'string' ? [item.value] : []));
}

/** A member with members of its own. */
export function dict(members: DictNode | undefined, key: string): DictNode | undefined {
  const value = members?.entries.get(key)?.value;
  return value?.kind === 'dict' ? value : undefined;
}

/** Where the value of a member stands. */
export function valuePosition(members: DictNode | undefined, key: string): SourcePosition | undefined {
  return members?.entries.get(key)?.value.position;
}

function memberOf(node: PropertyListNode, key: string): PropertyListNode | undefined {
  return node.kind === 'dict' ? node.entries.get(key)?.value : undefined;
}

import type { RegistryEntry } from '../model/registryEntry.ts';

/**
 * The object on a node line of ioreg's tree, from behind its `+-o `: `Pump@1  <class PumpDriver, id 0x1c1, …, retain 9>`.
 * Of a line that the terminal's width cut (`$` at its end), what stood before the last whole word. Undefined where the
 * class cannot be read, or a word is unknown.
 */
export function readRegistryNode(text: string): Omit<RegistryEntry, 'properties' | 'children'> | undefined {
  const match = /^(.+?) {1,2}<class ([^<>]*?)(>|\$)\s*$/.exec(text);
  if (!match) return undefined;
  const [, label = '', inside = '', end] = match;
  const words = inside.split(',').map(word => word.trim());
  if (end === '$') words.pop();
  const [chain = '', ...state] = words;
  const classes = chain
    .split(':')
    .map(name => name.trim())
    .filter(name => name !== '');
  const className = classes.at(-1);
  const said = readState(state);
  if (className === undefined || said === undefined) return undefined;
  return {
    id: said.id,
    ...readLabel(label),
    className,
    inheritance: classes.length > 1 ? classes : undefined,
    registered: said.registered,
    matched: said.matched,
    active: said.active,
    busy: said.busy,
    retain: said.retain,
  };
}

type State = Pick<RegistryEntry, 'id' | 'registered' | 'matched' | 'active' | 'busy' | 'retain'>;

/** Undefined where one of the words is unknown. */
function readState(words: readonly string[]): Partial<State> | undefined {
  const said: Partial<State> = {};
  for (const word of words) {
    const known = readWord(word);
    if (known === undefined) return undefined;
    Object.assign(said, known);
  }
  return said;
}

function readWord(word: string): Partial<State> | undefined {
  switch (word) {
    case 'registered':
    case '!registered':
      return { registered: word === 'registered' };
    case 'matched':
    case '!matched':
      return { matched: word === 'matched' };
    case 'active':
    case '!active':
    case 'inactive':
      return { active: word === 'active' };
  }
  const [, name, number = ''] = /^(id|busy|retain) (0x[0-9a-fA-F]{1,16}|\d{1,20})(?: \(\d+ ms\))?$/.exec(word) ?? [];
  if (name === undefined) return undefined;
  return name === 'id' ? { id: BigInt(number) } : { [name]: Number(number) };
}

/** A location stands behind the last `@` and has no blanks. */
function readLabel(label: string): Pick<RegistryEntry, 'name' | 'location'> {
  const [, name, location] = /^(.+)@([^@\s]+)$/.exec(label) ?? [];
  return name === undefined ? { name: label, location: undefined } : { name, location };
}

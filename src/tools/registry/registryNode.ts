import { cutOff, type RegistryEntry } from '../../model/registryEntry.ts';

type Node = Omit<RegistryEntry, 'properties' | 'children'>;

/**
 * The object on a node line of ioreg's tree, from behind its `+-o `: `Pump@1  <class PumpDriver, id 0x1c1, …, retain 9>`.
 * Of a line that the terminal's width cut (`$` at its end), what stood before the last whole word; a class, a location or a name
 * that was cut itself is what is left of it, and `…`. Undefined where a word is unknown.
 */
export function readRegistryNode(text: string): Node | undefined {
  return readNodeWithClass(text) ?? readCutNode(text);
}

/** What is known of an object of whose line nothing is. */
export const unknownNode: Node = {
  id: undefined,
  name: cutOff,
  location: undefined,
  className: cutOff,
  inheritance: undefined,
  registered: undefined,
  matched: undefined,
  active: undefined,
  busy: undefined,
  retain: undefined,
  incomplete: true,
};

function readNodeWithClass(text: string): Node | undefined {
  const match = /^(.+?) {1,2}<class ([^<>]*?)(>|\$)\s*$/.exec(text);
  if (!match) return undefined;
  const [, label = '', inside = '', end] = match;
  const words = inside.split(',').map(word => word.trim());
  if (end === '$') words.pop();
  const [chain = '', ...state] = words;
  const classes = classesIn(chain).filter(name => name !== '');
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
    ...(end === '$' ? { incomplete: true } : {}),
  };
}

/** A line that was cut inside its class or before it. */
function readCutNode(text: string): Node | undefined {
  const whole = text.trimEnd();
  if (!whole.endsWith('$')) return undefined;
  const left = whole.slice(0, -1);
  const [, label, rest = ''] = /^(.*?)(?: {1,2}<(.*)| {2})$/.exec(left) ?? [];
  if (label === undefined) return { ...unknownNode, ...readLabel(`${left.trimEnd()}${cutOff}`) };
  const chain = rest.startsWith('class ') ? rest.slice('class '.length) : '';
  if (/[<>,]/.test(chain) || (chain === '' && !'class '.startsWith(rest))) return undefined;
  const classes = classesIn(`${chain}${cutOff}`);
  const inheritance = classes.length > 1 ? classes : undefined;
  return { ...unknownNode, ...readLabel(label), className: classes.at(-1) ?? cutOff, inheritance };
}

function classesIn(chain: string): readonly string[] {
  return chain.split(':').map(name => name.trim());
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

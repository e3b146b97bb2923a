import { conditionsHold, type SettingContext, type SettingLayer } from './settingLayer.ts';
import { applyOperator } from './settingOperators.ts';
import { parseSettingText, type SettingReference, type SettingText } from './settingText.ts';

/** A text whose references were filled in. */
export interface FilledText {
  readonly text: string;
  /** The names of settings that nobody gives a value; they stand in the text as they were written. */
  readonly unknown: readonly string[];
}

/** How much is evaluated for one text: settings that refer to each other could grow without end. */
const mostSteps = 5000;
const mostText = 16 * 1024;
const deepest = 64;

/** A setting whose value is being evaluated, and which of its values: 0 is the highest layer's. */
interface Frame {
  readonly name: string;
  readonly at: number;
  readonly above: Frame | undefined;
  readonly depth: number;
}

interface Budget {
  steps: number;
  readonly unknown: Set<string>;
}

/**
 * Build settings by layers, as Xcode evaluates them: of a setting the value of the highest layer counts, `$(inherited)` in it
 * is the next lower one's. A setting that is met again below itself is the next lower one's, too, so nothing goes round.
 */
export class SettingValues {
  /** The lowest value first. */
  readonly #byName = new Map<string, SettingText[]>();
  readonly #complete: boolean;

  /**
   * `layers`: the lowest first. `complete`: the layers are all that Xcode knows, so that a setting which is in none is empty;
   * otherwise it is unknown.
   */
  constructor(layers: readonly SettingLayer[], context: SettingContext, { complete = false } = {}) {
    this.#complete = complete;
    for (const { name, conditions, value } of layers.flat()) {
      if (!conditionsHold(conditions, context)) continue;
      const values = this.#byName.get(name) ?? [];
      values.push(parseSettingText(value));
      this.#byName.set(name, values);
    }
  }

  /** The value of a setting; undefined where it has none, or refers to one that has none. */
  value(name: string): string | undefined {
    if (!this.#byName.has(name)) return undefined;
    const { text, unknown } = this.fill(`$(${name})`);
    return unknown.length === 0 ? text : undefined;
  }

  /** The text with the values of what it refers to. `own`: names with values of the text's own. */
  fill(text: string, own: ReadonlyMap<string, string> = new Map()): FilledText {
    const budget: Budget = { steps: 0, unknown: new Set() };
    const filled = this.#text(parseSettingText(text), undefined, own, budget);
    return { text: filled, unknown: [...budget.unknown] };
  }

  #text(parts: SettingText, frame: Frame | undefined, own: ReadonlyMap<string, string>, budget: Budget): string {
    let text = '';
    for (const part of parts) {
      text += typeof part === 'string' ? part : this.#reference(part, frame, own, budget);
      if (text.length > mostText) return text.slice(0, mostText);
    }
    return text;
  }

  #reference(
    { name: parts, operators, written }: SettingReference,
    frame: Frame | undefined,
    own: ReadonlyMap<string, string>,
    budget: Budget,
  ): string {
    budget.steps += 1;
    const name = this.#text(parts, frame, own, budget);
    const isInherited = name === 'inherited' || name === 'value';
    const wanted = isInherited ? frame?.name : name;
    const found = wanted === undefined ? undefined : this.#next(wanted, frame, own, budget);
    const mayDefault = operators.some(operator => operator.name === 'default' && operator.operand !== undefined);
    if (found === undefined && !isInherited && !this.#complete && !mayDefault) {
      budget.unknown.add(name);
      return written;
    }
    let value = found ?? '';
    for (const operator of operators) {
      const operand = operator.operand && this.#text(operator.operand, frame, own, budget);
      value = applyOperator(operator.name, value, operand) ?? value;
    }
    return value;
  }

  /** The value of a setting that is not being evaluated yet. */
  #next(name: string, frame: Frame | undefined, own: ReadonlyMap<string, string>, budget: Budget): string | undefined {
    const given = own.get(name);
    if (given !== undefined) return given;
    const values = this.#byName.get(name);
    const depth = (frame?.depth ?? 0) + 1;
    if (values === undefined || budget.steps > mostSteps || depth > deepest) return undefined;
    const at = nextOf(name, frame);
    const value = values[values.length - 1 - at];
    // Below the lowest value there is nothing, which is empty and not unknown.
    return value === undefined ? '' : this.#text(value, { name, at, above: frame, depth }, own, budget);
  }
}

/** Which value of the setting comes next: the one below that which is being evaluated, else the highest. */
function nextOf(name: string, frame: Frame | undefined): number {
  for (let each = frame; each !== undefined; each = each.above) if (each.name === name) return each.at + 1;
  return 0;
}

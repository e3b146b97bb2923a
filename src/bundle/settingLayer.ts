/** `[sdk=macosx*]` behind a setting's name. */
export interface SettingCondition {
  readonly parameter: string;
  readonly pattern: string;
}

/** A value that a setting is given in one place. */
export interface SettingAssignment {
  readonly name: string;
  /** All have to hold. */
  readonly conditions: readonly SettingCondition[];
  readonly value: string;
}

/** The settings of one place (a target, a project, an xcconfig file), in their order: the last one that holds counts. */
export type SettingLayer = readonly SettingAssignment[];

/** What conditions ask for: `configuration`, `sdk`, `arch`. */
export type SettingContext = Readonly<Record<string, string | undefined>>;

/** A layer of plain settings. Where one has conditions it stands behind the one without. */
export function layerOf(settings: Iterable<readonly [string, string]>): SettingLayer {
  const assignments = [...settings].map(([written, value]) => ({ ...settingName(written), value }));
  return assignments.sort((a, b) => a.conditions.length - b.conditions.length);
}

/** `ARCHS[sdk=macosx*][arch=x86_64]` as name and conditions; several may share brackets, with a comma. */
export function settingName(written: string): Pick<SettingAssignment, 'name' | 'conditions'> {
  const [name = '', ...brackets] = written.split('[');
  const conditions = brackets
    .flatMap(bracket => bracket.replace(/\]\s*$/, '').split(','))
    .map(condition => {
      const at = condition.indexOf('=');
      return { parameter: condition.slice(0, Math.max(at, 0)).trim(), pattern: condition.slice(at + 1).trim() };
    });
  return { name: name.trim(), conditions };
}

/** Whether the conditions hold. What is not known fits `*` alone. */
export function conditionsHold(conditions: readonly SettingCondition[], context: SettingContext): boolean {
  return conditions.every(({ parameter, pattern }) => fitsPattern(parameterOf(parameter, context), pattern));
}

function parameterOf(parameter: string, context: SettingContext): string {
  const name = parameter === 'config' ? 'configuration' : parameter;
  return (Object.hasOwn(context, name) ? context[name] : undefined) ?? '';
}

/** As fnmatch(3) has it: `*` is any text, `?` one sign. */
function fitsPattern(text: string, pattern: string): boolean {
  let star = -1;
  let resume = 0;
  let at = 0;
  let from = 0;
  while (from < text.length) {
    if (pattern[at] === '*') {
      star = at;
      resume = from;
      at += 1;
    } else if (at < pattern.length && (pattern[at] === '?' || pattern[at] === text[from])) {
      at += 1;
      from += 1;
    } else if (star !== -1) {
      at = star + 1;
      resume += 1;
      from = resume;
    } else return false;
  }
  return /^\**$/.test(pattern.slice(at));
}

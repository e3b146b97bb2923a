import { posix } from 'node:path';

/**
 * The value after an operator such as `:lower` or `:default=…` (the operators of swift-build's MacroEvaluationProgram);
 * undefined for one that is unknown.
 */
export function applyOperator(name: string, value: string, operand: string | undefined): string | undefined {
  return operand === undefined ? retrievals.get(name)?.(value) : replacements.get(name)?.(value, operand);
}

const retrievals: ReadonlyMap<string, (value: string) => string> = new Map(
  Object.entries({
    upper: (value: string) => value.toUpperCase(),
    lower: (value: string) => value.toLowerCase(),
    identifier: (value: string) => legal(value, /[A-Za-z_]/, '_'),
    rfc1034identifier: (value: string) => legal(value, /[A-Za-z-]/, '-'),
    c99extidentifier: (value: string) => value.normalize('NFC').replace(/[^\p{L}\p{M}\p{N}_]|^\p{N}/gu, '_'),
    quote: (value: string) => value.replace(/[\\"' \t]/g, '\\$&'),
    dir: (value: string) => `${posix.dirname(value) === '.' ? '.' : posix.dirname(value)}/`.replace('//', '/'),
    file: (value: string) => posix.basename(value),
    base: (value: string) => posix.basename(value, posix.extname(value)),
    suffix: (value: string) => posix.extname(value),
    standardizepath: (value: string) => posix.normalize(value),
    not: (value: string) => (value === 'YES' ? 'NO' : 'YES'),
    truncatedversion: (value: string) => value.split('.').slice(0, 3).join('.'),
  }),
);

const replacements: ReadonlyMap<string, (value: string, operand: string) => string> = new Map(
  Object.entries({
    default: (value: string, operand: string) => (value === '' ? operand : value),
    dir: (value: string, operand: string) => posix.join(operand, posix.basename(value)),
    file: (value: string, operand: string) => posix.join(posix.dirname(value), operand),
    base: (value: string, operand: string) => posix.join(posix.dirname(value), `${operand}${posix.extname(value)}`),
    suffix: (value: string, operand: string) => {
      const extension = operand.includes('.') ? posix.extname(operand) : `.${operand}`;
      return `${value.slice(0, value.length - posix.extname(value).length)}${extension}`;
    },
  }),
);

/** Each sign that is not allowed becomes `instead`; digits are allowed but at the beginning. */
function legal(value: string, allowed: RegExp, instead: string): string {
  const signs = [...value.normalize('NFD')];
  return signs.map((sign, at) => (allowed.test(sign) || (at > 0 && /\d/.test(sign)) ? sign : instead)).join('');
}

import { posix } from 'node:path';
import type { DiskEntry } from '../simulatedDisk.ts';

/** What a walk has come to. */
export interface Visit {
  readonly entry: DiskEntry;
  /** Below its root. */
  readonly depth: number;
  /** Whether find goes on below it; an expression may say no. */
  descends: boolean;
}

/** What an expression does besides being true or false. */
export interface Effects {
  readonly print: (path: string) => void;
  /** A program with the path, or with all paths at the end where `isTogether`; true where it ended well. */
  readonly run: (words: readonly string[], path: string, isTogether: boolean) => boolean;
}

/** An expression of find(1) that is read: for one entry, whether it holds. */
export type Expression = (visit: Visit, effects: Effects) => boolean;

/**
 * Reads -name, -path, -type, -prune, -print0, -exec … {} + and … {} ;, !, ( ), -o; undefined where anything else stands there, or
 * something is missing.
 */
export function readExpression(words: readonly string[]): Expression | undefined {
  const reader = new ExpressionReader(words);
  const read = reader.or();
  return reader.isAtEnd ? read : undefined;
}

class ExpressionReader {
  readonly #words: readonly string[];
  #at = 0;

  constructor(words: readonly string[]) {
    this.#words = words;
  }

  get isAtEnd(): boolean {
    return this.#at === this.#words.length;
  }

  or(): Expression | undefined {
    const first = this.#and();
    if (first === undefined || !this.#take('-o')) return first;
    const rest = this.or();
    return rest && ((visit, effects) => first(visit, effects) || rest(visit, effects));
  }

  #and(): Expression | undefined {
    const first = this.#not();
    if (first === undefined || this.isAtEnd || ['-o', ')'].includes(this.#words[this.#at] ?? '')) return first;
    const rest = this.#and();
    return rest && ((visit, effects) => first(visit, effects) && rest(visit, effects));
  }

  #not(): Expression | undefined {
    if (this.#take('!')) {
      const inner = this.#not();
      return inner && ((visit, effects) => !inner(visit, effects));
    }
    if (!this.#take('(')) return this.#primary();
    const inner = this.or();
    return this.#take(')') ? inner : undefined;
  }

  #primary(): Expression | undefined {
    const word = this.#next();
    switch (word) {
      case '-name':
        return matching(this.#next(), ({ path }) => posix.basename(path));
      case '-path':
        return matching(this.#next(), ({ path }) => path);
      case '-type':
        return ofKind(this.#next());
      case '-prune':
        return visit => {
          visit.descends = false;
          return true;
        };
      case '-print0':
        return ({ entry }, { print }) => {
          print(entry.path);
          return true;
        };
      case '-exec':
        return this.#exec();
      default:
        return undefined;
    }
  }

  #exec(): Expression | undefined {
    const rest = this.#words.slice(this.#at);
    const end = rest.findIndex((word, at) => word === ';' || (word === '+' && rest[at - 1] === '{}'));
    if (end < 2 || rest[end - 1] !== '{}') return undefined;
    this.#at += end + 1;
    const words = rest.slice(0, end - 1);
    return ({ entry }, { run }) => run(words, entry.path, rest[end] === '+');
  }

  #next(): string | undefined {
    this.#at += 1;
    return this.#words[this.#at - 1];
  }

  #take(word: string): boolean {
    if (this.#words[this.#at] !== word) return false;
    this.#at += 1;
    return true;
  }
}

/** A pattern of fnmatch(3) with nothing but `*`, which takes slashes and a dot at the beginning, too. */
function matching(pattern: string | undefined, of: (entry: DiskEntry) => string): Expression | undefined {
  if (pattern === undefined || /[?[\\]/.test(pattern)) return undefined;
  const literals = pattern.split('*').map(text => text.replace(/[.+^${}()|\]]/g, '\\$&'));
  const whole = new RegExp(`^${literals.join('.*')}$`, 's');
  return ({ entry }) => whole.test(of(entry));
}

function ofKind(letter: string | undefined): Expression | undefined {
  const kind = { f: 'file', d: 'folder', l: 'link' }[letter ?? ''];
  return kind === undefined ? undefined : ({ entry }) => entry.kind === kind;
}

/** The one file that compares versions of macOS. */
const compares = 'src/model/capabilities.ts';

/** Where versions of macOS stand as data: when a row applies, and what a simulated system says of itself. */
const asData = /^src\/(?:model\/capabilityTable\.ts$|simulator\/systems\/)/;

/** A name that a version of macOS, or a part of one, goes by. */
const named = String.raw`[\w.?]*(?:[vV]ersion|[mM]ajor|[mM]inor|[rR]elease|[dD]arwin|mac[oO][sS])\b[\w.?\[\]]*\)?`;
/** Not the name of a type. */
const versionWord = String.raw`\b(?:[a-z]\w*V|v)ersion\b`;
const order = '(?:<=?|(?<![=-])>=?)';
const equality = '[!=]==?';
const literal = String.raw`['"]?\d`;

/** Ways to compare a version, each with what one would write. */
const comparisons: readonly RegExp[] = [
  // Number.parseInt(version, 10), Number(system.version.split('.')[0])
  new RegExp(String.raw`\b(?:parseInt|parseFloat|Number)\((?:[^()]|\([^()]*\))*${versionWord}`, 'g'),
  // version >= other, 11 <= systemVersion
  new RegExp(String.raw`${versionWord}\)?\s*${order}(?=\s)`, 'g'),
  new RegExp(String.raw`\s${order}\s*[\w.?]*${versionWord}`, 'g'),
  // major >= 11, version === '10.16', 20 > darwin
  new RegExp(String.raw`\b${named}\s*(?:${order}|${equality})\s*${literal}`, 'g'),
  new RegExp(String.raw`\b\d[\d.]*['"]?\s*(?:${order}|${equality})\s*${named}`, 'g'),
  // version.startsWith('10.'), system.version.split('.')
  new RegExp(
    String.raw`${versionWord}\??\.(?:split|startsWith|localeCompare|match|matchAll|replace|slice|substring|at|charAt|charCodeAt|indexOf|includes)\(`,
    'g',
  ),
  // ['10.14', '10.15'].includes(version), older.has(version)
  /\.(?:includes|indexOf|has|get)\([^()]*\b(?:[\w.]*[sS]ystem\.)?version\b/g,
  // /^1[1-9]/.test(version), old.test(snapshot.system.version)
  new RegExp(String.raw`\/[a-z]*\.(?:test|exec)\([^()]*${versionWord}`, 'g'),
  /\.(?:test|exec)\([^()]*[sS]ystem\.version\b/g,
  // kextVersionOrder(system.version): that orders the versions of kexts
  /\bkextVersionOrder\([^()]*[sS]ystem\b/g,
  // scenario === 'macos-13', case 'macos-13':
  new RegExp(String.raw`(?:${equality}\s*|\bcase\s+|\.(?:startsWith|includes)\()['"]macos-`, 'g'),
];

/** A version of macOS as a text of its own. */
const versionLiteral = /(['"`])(?:10\.(?:[4-9]|1[0-6])(?:\.\d+)?|(?:1[1-5]|2[6-9])\.\d+(?:\.[1-9]\d*)?)\1/g;

/** Where a source compares versions of macOS and should ask the table of capabilities, one line each: `file:line: text`. */
export function versionComparisons(sources: ReadonlyMap<string, string>): string[] {
  return [...sources].flatMap(([file, text]) => {
    if (file === compares) return [];
    return comparisonsIn(text, asData.test(file)).map(({ line, found }) => `${file}:${line}: ${found}`);
  });
}

/** The comparisons in one text; `withData`: where versions may stand as data. */
export function comparisonsIn(
  text: string,
  withData = false,
): readonly { readonly line: number; readonly found: string }[] {
  const code = withoutProse(withoutComments(text));
  const patterns = withData ? comparisons : [...comparisons, versionLiteral];
  return patterns
    .flatMap(pattern => [...code.matchAll(pattern)])
    .map(({ index, 0: found }) => ({ line: code.slice(0, index).split('\n').length, found: found.trim() }));
}

/** The same text with its comments blank, so that lines stay where they are. */
function withoutComments(text: string): string {
  const blank = (comment: string) => comment.replaceAll(/[^\n]/g, ' ');
  return text.replaceAll(/\/\*[\s\S]*?\*\//g, blank).replaceAll(/(?<=^|\s)\/\/ .*$/gm, blank);
}

/** The same text with its sentences blank: what a tool or this program says compares nothing. */
function withoutProse(text: string): string {
  const sentence = /'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g;
  return text.replaceAll(sentence, literal => (/\S \S+ \S/.test(literal) ? ' '.repeat(literal.length) : literal));
}

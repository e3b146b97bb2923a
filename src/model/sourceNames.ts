const headerEndings = ['hpp', 'hh', 'h'];

/** How the names of C and C++ sources end, without the dot. */
export const sourceEndings: readonly string[] = ['cpp', 'cc', 'cxx', 'mm', 'c', ...headerEndings];

/** Whether a file is a C or C++ source, by its name. */
export function isSourceName(file: string): boolean {
  return endsIn(file, sourceEndings);
}

/** Whether a source is a header, which is not compiled by itself. */
export function isHeaderName(file: string): boolean {
  return endsIn(file, headerEndings);
}

function endsIn(file: string, endings: readonly string[]): boolean {
  const name = file.toLowerCase();
  return endings.some(ending => name.endsWith(`.${ending}`));
}

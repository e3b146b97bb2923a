const headers = ['hpp', 'hh', 'h'];

/** How the names of C and C++ sources end, without the dot. */
export const sourceEndings: readonly string[] = ['cpp', 'cc', 'cxx', 'mm', 'c', ...headers];

/** Whether a file is a C or C++ source, by its name. */
export const isSourceName = endsIn(sourceEndings);

/** Whether a source is a header, which is not compiled by itself. */
export const isHeaderName = endsIn(headers);

function endsIn(endings: readonly string[]): (file: string) => boolean {
  const pattern = new RegExp(`\\.(?:${endings.join('|')})$`, 'i');
  return file => pattern.test(file);
}

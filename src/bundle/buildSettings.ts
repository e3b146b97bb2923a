// $(NAME), ${NAME}, also with modifiers as in $(PRODUCT_NAME:rfc1034identifier).
const reference = /\$\(([A-Za-z_]\w*)(?::[^()]*)?\)|\$\{([A-Za-z_]\w*)(?::[^{}]*)?\}/g;

/**
 * The build settings that a value of an Info.plist refers to, in order: a value that names one is filled in by Xcode
 * when the bundle is built, and says nothing by itself before.
 */
export function buildSettings(value: string): readonly string[] {
  return [...value.matchAll(reference)].map(match => match[1] ?? match[2] ?? '');
}

import { mapStrings } from './mapStrings.ts';
import type { PropertyList } from './propertyList.ts';

/** `@NAME@`, `__NAME__`, `%NAME%` and `{{NAME}}`: what a Makefile, configure or CMake replaces; in a template also a word in capitals. */
const placeholder = /@([A-Za-z_]\w*)@|__([A-Za-z]\w*?)__|%([A-Za-z_]\w*)%|\{\{\s*([A-Za-z_]\w*)\s*\}\}/g;

const template = /\.(?:in|tmpl|template)$/i;

/** Whether a file is by its name what a build makes another of; and which other. */
export function madeOfTemplate(name: string): string | undefined {
  return template.test(name) ? name.replace(template, '') : undefined;
}

/** The names that a file's template may have. */
export function templatesOf(name: string): readonly string[] {
  return ['.in', '.tmpl', '.template'].map(ending => `${name}${ending}`);
}

/** The list with its placeholders written as the references that Xcode has for the same: a build fills them in. */
export function withReferences(list: PropertyList): PropertyList {
  const root = mapStrings(list.root, node => {
    const isWord = madeOfTemplate(list.file) !== undefined && /^(?!KEXT$)[A-Z][A-Z\d_]+$/.test(node.value);
    if (isWord) return { ...node, value: `$(${node.value})` };
    const value = node.value.replace(placeholder, (...found) => `$(${found.slice(1, 5).find(Boolean)})`);
    return value === node.value ? node : { ...node, value };
  });
  return { ...list, root };
}

/** The text without the lines that are a placeholder alone, for whole elements; the others keep their numbers. */
export function withoutPlaceholderLines(text: string): string {
  return text.replace(/^[ \t]*(?:@\w+@|__\w+__|%\w+%|\{\{\s*\w+\s*\}\})[ \t]*(?=\r?$)/gm, '');
}

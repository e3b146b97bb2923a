import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const repositoryFolder = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** What the tests download and write; ignored by git and never shipped. */
export const testFolder = join(repositoryFolder, '.vscode-test');

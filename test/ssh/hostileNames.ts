/** Names that a shell, a list of files or a line of text might read something into. */
export const hostileNames = [
  "it's",
  'a b',
  '$(id)',
  '`id`',
  'a\nb',
  '-rf',
  '*',
  '~',
  'ä€😀',
  'back\\slash',
  '"',
  'x'.repeat(200),
];

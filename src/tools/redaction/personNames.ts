import { pattern, type Rewrite } from './pattern.ts';
import { isToolWord } from './toolWords.ts';

const name = String.raw`\p{Lu}[\p{L}\p{M}.-]*(?: \p{Lu}[\p{L}\p{M}.-]*){0,2}`;
const device =
  'Mac|MacBook|iMac|iPhone|iPad|iPod|Apple Watch|AirPods|Beats|Magic|Mouse|Keyboard|Trackpad|Maus|Tastatur|Headphones|Speaker|Backup|Disk|Drive|HD';
const mac = 'iMac|Mac(?:Book)?(?: Air| Pro| mini| Studio)?|iPhone|iPad|Apple Watch|AirPods(?: Pro| Max)?';

/**
 * Names of persons in those of their things, as macOS makes them up: `John’s Magic Keyboard`, `John's MacBook Pro`, `MacBook Pro von
 * Johanna`, `iPhone de Jean`.
 */
export const personNames: readonly Rewrite[] = [
  pattern('user', new RegExp(String.raw`(?<![\p{L}\p{N}_])${name}(?=’s )`, 'gu'), isPerson, { reach: 'word' }),
  pattern(
    'user',
    new RegExp(String.raw`(?<![\p{L}\p{N}_])${name}(?='s (?:[\w-]{1,20} ){0,2}(?:${device})\b)`, 'gu'),
    isPerson,
    { reach: 'word' },
  ),
  pattern(
    'user',
    new RegExp(
      String.raw`(?<=\b(?:${mac}|Magic (?:Mouse|Keyboard|Trackpad)|Maus|Tastatur) (?:von|van|de|di|av|af) )${name}`,
      'gu',
    ),
    isPerson,
    { reach: 'word' },
  ),
];

function isPerson(found: string): boolean {
  return found.length > 1 && !isToolWord(found);
}

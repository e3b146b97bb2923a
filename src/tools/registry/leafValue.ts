/**
 * The elements of a property list (plist(5)) that hold no others:
 *   <string>pid 587, pumpctl</string>   <integer>18446744073709551615</integer>   <true/>   <data>AP8Q</data>
 *   <real>0.75</real>   <date>2024-05-01T10:00:00Z</date>
 */
import type { PropertyValue } from '../../model/registryEntry.ts';
import { Malformed } from './malformed.ts';

/** The element's value; 64-bit integers exactly, reals and dates as their text. Throws Malformed for what has none. */
export function leafValue(element: string, content: string): PropertyValue {
  switch (element) {
    case 'string':
      return content;
    case 'integer':
      return integer(content.trim());
    case 'true':
      return true;
    case 'false':
      return false;
    case 'data':
      return bytes(content);
    case 'real':
    case 'date':
      return { raw: content.trim() };
    default:
      throw new Malformed(`<${element}> is no element of a property list`);
  }
}

function integer(text: string): bigint {
  if (!/^[+-]?\d{1,20}$|^0x[0-9a-fA-F]{1,16}$/.test(text)) throw new Malformed(`"${text.slice(0, 30)}" is no integer`);
  return BigInt(text.startsWith('+') ? text.slice(1) : text);
}

/** atob knows the blanks that base 64 is broken into lines with. */
function bytes(base64: string): Uint8Array {
  const text = decoded(base64);
  const result = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) result[at] = text.charCodeAt(at);
  return result;
}

function decoded(base64: string): string {
  try {
    return atob(base64);
  } catch {
    throw new Malformed('<data> is not in base 64');
  }
}

/** Whether one of the words is the name but for one letter: left out, put in, changed, or changed over with the next. */
export function isNear(name: string, words: Iterable<string>): boolean {
  for (const word of words) if (Math.abs(word.length - name.length) <= 1 && differsByOne(name, word)) return true;
  return false;
}

function differsByOne(a: string, b: string): boolean {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  const [x, y] = [a.slice(at), b.slice(at)];
  if (x.slice(1) === y || x === y.slice(1) || x.slice(1) === y.slice(1)) return a !== b;
  return x.slice(2) === y.slice(2) && x[0] === y[1] && x[1] === y[0];
}

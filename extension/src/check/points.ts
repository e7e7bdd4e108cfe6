// The wire counts Unicode code points, the browser UTF-16 units.

/** Where code points begin in a text, in UTF-16 units: a function of the number of code points. */
export function unitsIn(text: string): (points: number) => number {
  // most texts have no pairs, and then both count alike
  if (!/[\ud800-\udbff]/.test(text)) return (points) => points;
  const starts: number[] = [];
  for (let at = 0; at < text.length; at += (text.codePointAt(at) as number) > 0xffff ? 2 : 1) starts.push(at);
  starts.push(text.length);
  return (points) => starts[points] ?? text.length + 1;
}

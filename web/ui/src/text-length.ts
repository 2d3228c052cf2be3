/**
 * Returns the length of a text as the server counts it (civic/text_check.go): in code points of
 * composed characters, with one character for each line end. In a single line, it counts white
 * space between words as one space.
 */
export function textLength(text: string, singleLine = false): number {
  const clean = text
    .normalize("NFC")
    .replace(/\r\n|[\r\v\f\u0085\u2028\u2029]/g, "\n")
    .trim();
  return [...(singleLine ? clean.split(/[\s\u0085]+/).join(" ") : clean)].length;
}

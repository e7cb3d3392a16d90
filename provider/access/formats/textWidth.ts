// How many columns of a terminal a text takes. The library is an ES module, and only tables need it.

/** Returns the number of columns that a text takes. */
export type TextWidth = (text: string) => number;

/** Loads the function that measures texts. */
export async function loadTextWidth(): Promise<TextWidth> {
  return (await import("string-width")).default;
}

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** Breaks a text into lines that are at most `width` columns wide, at spaces where there are some. */
export function wrapText(text: string, width: number, widthOf: TextWidth): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/)) {
    const joined = line === "" ? word : `${line} ${word}`;
    if (widthOf(joined) <= width) {
      line = joined;
      continue;
    }
    if (line !== "") lines.push(line);
    line = "";
    let lineWidth = 0;
    for (const { segment } of graphemes.segment(word)) {
      const segmentWidth = widthOf(segment);
      if (lineWidth + segmentWidth > width) {
        lines.push(line);
        line = "";
        lineWidth = 0;
      }
      line += segment;
      lineWidth += segmentWidth;
    }
  }
  return [...lines, line];
}

/** Returns a text with spaces after it, so that it takes `width` columns. */
export function padText(text: string, width: number, widthOf: TextWidth): string {
  return text + " ".repeat(Math.max(0, width - widthOf(text)));
}

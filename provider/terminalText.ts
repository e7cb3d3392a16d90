// Names, emails and messages from Cloudflare and from programs reach a terminal. They must not control the terminal, reorder
// its text, or look like one of the engine's own colour tags. An unknown tag makes the Pulumi CLI panic.

/** Control characters, and the characters that change the direction of text. */
const invisible = /[\p{Cc}\p{Bidi_Control}]/gu;

/** Returns a text that is safe for a terminal: invisible characters are visible escapes, and colour tags are broken. */
export function toTerminalSafe(text: string): string {
  return text
    .replace(invisible, (character) => (character === "\n" || character === "\t" ? character : toEscape(character)))
    .replaceAll("<{%", "< {%");
}

/** Returns JSON with the same meaning, in which such characters are escapes. */
export function toTerminalSafeJson(json: string): string {
  return toTerminalSafe(json.replaceAll("<{%", `${toEscape("<")}{%`));
}

/** Logs a line of information, which the engine shows with the resource's update. */
export function logInfo(text: string): void {
  console.log(toTerminalSafe(text));
}

/** Logs a warning, which the engine shows with the resource's update. */
export function logWarning(text: string): void {
  console.warn(toTerminalSafe(text));
}

function toEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

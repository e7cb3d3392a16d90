/** Returns what `act` writes with `console.warn`, one line for each call. */
export async function catchWarnings(act: () => Promise<unknown>): Promise<string[]> {
  const warnings: string[] = [];
  const { warn } = console;
  console.warn = (...texts: unknown[]) => warnings.push(texts.join(" "));
  try {
    await act();
  } finally {
    console.warn = warn;
  }
  return warnings;
}

// The inputs of a resource before they are validated: nothing in them has a certain type.

/** Returns an object with every object in one of its lists replaced. What has another form stays, and fails the check. */
export function replaceInList<T>(
  value: T,
  list: string,
  replace: (element: Readonly<Record<string, unknown>>) => unknown,
): T {
  if (!isRecord(value)) return value;
  const elements = value[list];
  if (!Array.isArray(elements)) return value;
  return { ...value, [list]: elements.map((element: unknown) => (isRecord(element) ? replace(element) : element)) };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The parts of an error message. */
export interface ErrorMessageParts {
  /** What was attempted, on which resource: `create the user group "Admins"`. */
  operation: string;
  /** Why it failed: a sentence with its full stop. */
  reason: string;
  /** Lines with details. */
  details?: readonly string[];
  /** What the reader can do next. */
  advice?: string | undefined;
}

/** Composes an error message: what failed and why, the details, and what to do. */
export function errorMessage({ operation, reason, details = [], advice }: ErrorMessageParts): string {
  const lines = advice === undefined ? details : [...details, `What to do: ${advice}`];
  return [`Could not ${operation}: ${reason}`, ...lines.map((line) => `  ${line}`)].join("\n");
}

import { z } from "zod";

/** A team in the file. */
export type Team = z.infer<typeof team>;

// Each message follows its key: "people" lists ada@example.com twice.

const email = z.email({ error: ({ input }) => `contains ${JSON.stringify(input)}, which is not an email` });
const label = z.string("must contain only text").trim().min(1, "contains an empty entry");

const team = z.strictObject(
  {
    name: z.string(missingOr("must be text")).trim().min(1, "is empty"),
    people: setOf(email),
    permissions: setOf(label).min(1, "needs at least one entry"),
    resources: setOf(label).min(1, "needs at least one entry"),
  },
  unknownKeyOr("is not one of name, people, permissions, resources", "contains an entry that is not a team"),
);

/** The schema of a file of teams. People who have never seen a program understand its errors. */
export const teamsFile = z.strictObject(
  {
    teams: z.array(team, missingOr("must be a list with a dash before each team")).superRefine((teams, issues) => {
      for (const index of findRepeated(teams.map(({ name }) => name)))
        issues.addIssue({ code: "custom", path: [index, "name"], message: "is already the name of another team" });
    }),
  },
  unknownKeyOr('is unknown: the file has only "teams"', "is missing"),
);

function setOf(entry: z.ZodType<string>) {
  return z.array(entry, missingOr("must be a list with a dash before each entry")).superRefine((all, issues) => {
    for (const index of findRepeated(all))
      issues.addIssue({ code: "custom", path: [index], message: `lists ${all[index]} twice` });
  });
}

function missingOr(message: string) {
  return { error: ({ input }: { input?: unknown }) => (input === undefined ? "is missing" : message) };
}

function unknownKeyOr(unknownKey: string, otherwise: string) {
  return { error: ({ code }: { code: string }) => (code === "unrecognized_keys" ? unknownKey : otherwise) };
}

/** Returns the indexes of repeated texts, in upper or lower case. */
function findRepeated(texts: readonly string[]): number[] {
  const keys = texts.map((text) => text.toLowerCase());
  return keys.flatMap((key, index) => (keys.indexOf(key) < index ? [index] : []));
}

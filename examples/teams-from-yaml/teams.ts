import { z } from "zod";

/** A team as the file has it. */
export type Team = z.infer<typeof team>;

// A message goes on after the key that it is about: "people" has ada@example.com twice.

const email = z.email({ error: ({ input }) => `has ${JSON.stringify(input)}, which is no e-mail address` });
const label = z.string("has an entry that is no text").trim().min(1, "has an empty entry");

const team = z.strictObject(
  {
    name: z.string(orMissing("must be a text")).trim().min(1, "is empty"),
    people: setOf(email),
    permissions: setOf(label).min(1, "needs at least one entry"),
    resources: setOf(label).min(1, "needs at least one entry"),
  },
  expecting("is not one of name, people, permissions, resources", "has an entry that is no team"),
);

/** What a file of teams must look like; its errors are for people who have never seen a program. */
export const teamsFile = z.strictObject(
  {
    teams: z.array(team, orMissing("must be a list, each team after a dash")).superRefine((teams, issues) => {
      for (const index of repeated(teams.map(({ name }) => name)))
        issues.addIssue({ code: "custom", path: [index, "name"], message: "is the name of another team too" });
    }),
  },
  expecting('is not known beside "teams"', "is missing"),
);

function setOf(entry: z.ZodType<string>) {
  return z.array(entry, orMissing("must be a list, each entry after a dash")).superRefine((all, issues) => {
    for (const index of repeated(all))
      issues.addIssue({ code: "custom", path: [index], message: `has ${all[index]} twice` });
  });
}

function orMissing(message: string) {
  return { error: ({ input }: { input?: unknown }) => (input === undefined ? "is missing" : message) };
}

function expecting(unknownKey: string, otherwise: string) {
  return { error: ({ code }: { code: string }) => (code === "unrecognized_keys" ? unknownKey : otherwise) };
}

/** Where something stands that stood before; upper and lower case count alike, as in addresses. */
function repeated(texts: readonly string[]): number[] {
  const keys = texts.map((text) => text.toLowerCase());
  return keys.flatMap((key, index) => (keys.indexOf(key) < index ? [index] : []));
}

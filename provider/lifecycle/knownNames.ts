/**
 * The names that this run has seen, by id: of groups, people, permission groups and resource groups.
 *
 * No request is sent for them alone. They come from the program, the state, and whatever this run reads.
 */
export class KnownNames {
  readonly #names = new Map<string, string>();

  record(id: string, name: string | null | undefined): void {
    if (name) this.#names.set(id, name);
  }

  get(id: string): string | undefined {
    return this.#names.get(id);
  }

  /** Returns a person's email, or else the id. */
  ofPerson({
    id = "",
    email,
  }: {
    readonly id?: string | undefined;
    readonly email?: string | null | undefined;
  }): string {
    return email || this.#names.get(id) || id;
  }

  /** Returns a group for a message: `the user group "DNS team" (<id>)`, or the id alone. */
  describeGroup(id: string): string {
    const name = this.#names.get(id);
    return name === undefined ? `the user group ${id}` : `the user group ${JSON.stringify(name)} (${id})`;
  }
}

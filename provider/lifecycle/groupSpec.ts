import type { GroupEndpoints } from "../cloudflare/api/groupEndpoints";
import type { Declarations } from "./declarations";
import type { InputRules } from "./inputs";

/** The part of the request body for each input. An input without an entry does not compile. */
export type BodyMapping<Inputs, Body> = {
  readonly [Property in keyof Inputs]: (value: Inputs[Property]) => Partial<Body>;
};

/** What distinguishes one kind of group from the other. */
export interface GroupSpec<Group, Body, Inputs extends object, Outputs> {
  /** The kind's name in messages: `user group`. */
  displayName: string;
  /** Whether Cloudflare rejects a second group of the same name. */
  hasUniqueName: boolean;
  /** The groups of this kind that the program declares. */
  declarations: Declarations<Inputs>;
  endpoints: GroupEndpoints<Group, Body>;
  rules: InputRules<Inputs>;
  body: BodyMapping<Inputs, Body>;
  /** Returns the outputs for a group, with lists in the program's order. */
  toOutputs(group: Group, accountId: string, program?: Partial<Inputs>): Outputs;
  /** Returns the inputs that describe these outputs. */
  toInputs(outputs: Outputs): Inputs;
  timesOf(group: Group): { created: string; modified: string };
  /** Returns one line that says what a change does; undefined when there is nothing to describe. */
  summarize(stored: Inputs, desired: Inputs): string | undefined;
}

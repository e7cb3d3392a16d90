import type { GroupEndpoints } from "../cloudflare/api/groupEndpoints";
import type { Declarations } from "./declarations";
import type { InputRules } from "./inputs";

/** The part of the request body for each input. An input without an entry does not compile. */
export type BodyMapping<Inputs, Body> = {
  readonly [Property in keyof Inputs]: (value: Inputs[Property]) => Partial<Body>;
};

/**
 * What distinguishes one kind of group from the other.
 *
 * `Resolved` are the inputs with the ids of everything that they name.
 */
export interface GroupSpec<Group, Body, Inputs extends object, Outputs, Resolved extends Inputs = Inputs> {
  /** The kind's name in messages: `user group`. */
  displayName: string;
  /** Whether Cloudflare rejects a second group of the same name. */
  hasUniqueName: boolean;
  /** The groups of this kind that the program declares. */
  declarations: Declarations<Inputs>;
  endpoints: GroupEndpoints<Group, Body>;
  rules: InputRules<Inputs>;
  body: BodyMapping<Resolved, Body>;
  /** Returns the outputs for a group, with lists in the program's order. */
  toOutputs(group: Group, accountId: string, program?: Partial<Resolved>): Outputs;
  /** Returns the inputs that describe these outputs, in the program's words. */
  toInputs(outputs: Outputs): Inputs;
  timesOf(group: Group): { created: string; modified: string };
  /** Returns one line that says what a change does; undefined when there is nothing to describe. */
  summarize(stored: Inputs, desired: Inputs): string | undefined;
}

/** Returns the request body that holds these properties. */
export function bodyOf<Inputs, Body>(
  mapping: BodyMapping<Inputs, Body>,
  inputs: Inputs,
  properties: Iterable<keyof Inputs>,
): Partial<Body> {
  return Object.assign({}, ...[...properties].map((property) => mapping[property](inputs[property])));
}

/** Returns the request body of a create. It leaves out empty lists. */
export function createBodyOf<Inputs, Body>(mapping: BodyMapping<Inputs, Body>, inputs: Inputs): Partial<Body> {
  const properties: (keyof Inputs)[] = [];
  for (const property in mapping) if (!isEmptyList(inputs[property])) properties.push(property);
  return bodyOf(mapping, inputs, properties);
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

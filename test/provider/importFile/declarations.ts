import { runInNewContext } from "node:vm";
import ts from "typescript";

/**
 * Runs a program and returns the constructor arguments by class and name.
 *
 * @param idOf Returns the id of a resource. Default: a text with its class.
 */
export function readDeclarations(
  program: string,
  idOf: (type: string, name: string) => string = (type) => `id of ${type}`,
): Record<string, Record<string, unknown>> {
  const declared: Record<string, Record<string, unknown>> = {};
  const recorder = (type: string) =>
    class {
      readonly id: string;
      constructor(name: string, args: Record<string, unknown>) {
        this.id = idOf(type, name);
        declared[`${type} ${name}`] = JSON.parse(JSON.stringify(args));
      }
    };
  const types = ["UserGroup", "UserGroupMembers", "DeploymentGroup"];
  const classes = Object.fromEntries(types.map((type) => [type, recorder(type)]));
  const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 };
  const { outputText } = ts.transpileModule(program, { compilerOptions });
  runInNewContext(outputText, { exports: {}, require: () => classes });
  return declared;
}

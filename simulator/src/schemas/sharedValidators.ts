import type { FastifyInstance } from "fastify";

type Compile = NonNullable<FastifyInstance["validatorCompiler"]>;

/** What compiles the schemas of servers with the same options. */
const compilers = new Map<string, Compile>();

/**
 * Lets a server use the validators of earlier servers in this process. Call it before the server is ready.
 *
 * Compiling the schemas takes most of a server's start, and the tests of a user may start hundreds.
 *
 * @param options What the validators depend on, except the schemas. Servers with different options share nothing.
 */
export function shareValidators(app: FastifyInstance, options: string): void {
  const compile = compilers.get(options);
  if (compile !== undefined) {
    app.setValidatorCompiler(compile);
    return;
  }
  app.addHook("onReady", async () => {
    if (app.validatorCompiler !== undefined) compilers.set(options, compileOnce(app.validatorCompiler));
  });
}

/** Schemas with the same content have the same validator, because each server creates some of its schemas itself. */
function compileOnce(compile: Compile): Compile {
  const validators = new Map<string, ReturnType<Compile>>();
  return (route) => {
    const content = JSON.stringify(route.schema);
    const validator = validators.get(content) ?? compile(route);
    validators.set(content, validator);
    return validator;
  };
}

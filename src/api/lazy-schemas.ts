import ajvCompiler from '@fastify/ajv-compiler';
import stringifyCompiler from '@fastify/fast-json-stringify-compiler';

/** Fastify's own compilers of schemas, each at work when its route is first asked: a command asks one or two of a hundred. */
export const lazySchemas = {
  buildValidator(schemas: object, options?: object) {
    const compiler = ajvCompiler()(schemas as never, options as never);
    return (route: object) => {
      let compiled: ReturnType<typeof compiler> | undefined;
      const validate = (value: unknown): unknown => {
        compiled ??= compiler(route as never);
        const answer = compiled(value);
        validate.errors = compiled.errors;
        return answer;
      };
      validate.errors = undefined as unknown;
      return validate as never;
    };
  },
  buildSerializer(schemas: unknown, options?: object) {
    const compiler = stringifyCompiler()(schemas, options);
    return (route: object) => {
      let compiled: ReturnType<typeof compiler> | undefined;
      return (value: unknown) => {
        compiled ??= compiler(route as never);
        return compiled(value);
      };
    };
  },
};

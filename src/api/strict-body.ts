import type { TSchema } from 'typebox';

type Schema = TSchema & {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly additionalProperties?: unknown;
};

/** A body's schema that takes no other fields than it names, unless it says that it does. */
export function strictBody(given: TSchema): TSchema {
  const schema = given as Schema;
  const { properties, items, anyOf, additionalProperties } = schema;
  return {
    ...schema,
    ...(items ? { items: strictBody(items) } : {}),
    ...(anyOf ? { anyOf: anyOf.map(strictBody) } : {}),
    ...(properties
      ? {
          properties: Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, strictBody(one)])),
          additionalProperties: additionalProperties ?? false,
        }
      : {}),
  } as TSchema;
}

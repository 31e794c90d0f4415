import { type TSchema, Type } from 'typebox';

/** Null stands first: of a request's null the other would make an empty text. */
export const nullable = <T extends TSchema>(schema: T) => Type.Union([Type.Null(), schema]);

declare module 'unbzip2-stream' {
  /** A stream of the first generation: it pipes and emits, but cannot be iterated. */
  export default function unbzip2Stream(): NodeJS.ReadWriteStream;
}

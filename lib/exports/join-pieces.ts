/** Characters per chunk: single lines would cost one call each. */
const CHUNK_LENGTH = 65_536;

/** The same text in longer pieces, for a file or a response. */
export function* joinPieces(pieces: Iterable<string>): Generator<string> {
  let chunk = "";
  for (const piece of pieces) {
    chunk += piece;
    if (chunk.length < CHUNK_LENGTH) continue;
    yield chunk;
    chunk = "";
  }
  if (chunk !== "") yield chunk;
}

// What a layer keeps of Python's metadata. Apart from its parsers: the threads that read layers do not need them.

/** The headers of a METADATA file alone: the description is most of it, and nothing reads it. */
export function condenseMetadata(body: Uint8Array): Uint8Array {
  for (let at = body.indexOf(0x0a); at >= 0; at = body.indexOf(0x0a, at + 1)) {
    const next = body[at + 1] === 0x0d ? at + 2 : at + 1;
    if (body[next] === 0x0a) return body.slice(0, at + 1);
  }
  return body;
}

const HASH = /,[a-z0-9]{1,20}=[A-Za-z0-9_=-]{1,200},\d{0,20}(?=\r?\n)/g;

/** A RECORD without its hashes and sizes, which are half of it and which nothing reads. */
export function condenseRecord(body: Uint8Array): Uint8Array {
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(body);
  if (text.includes("\ufffd")) return body;
  return new TextEncoder().encode(text.replace(HASH, ""));
}

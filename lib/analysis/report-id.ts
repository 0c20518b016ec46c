import { createHash } from "node:crypto";
import { ANSWER_VERSION, type Answer, type DiffAnswer, type OverlapAnswer } from "#lib/model/answer.ts";

/** RFC 4648's alphabet in lower case: an id can be read aloud, and is safe in a URL and a file name. */
const ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
const BITS_PER_LETTER = 5;
const ID_LETTERS = 24;

/**
 * The id of a report: the first 120 bits of SHA-256 over the question, its options, the artifacts' digests in the order they were
 * named, and the versions of the engine and of the answer. The same question about the same content has the same id everywhere;
 * after a tag moves, the id is different.
 */
export function toReportId(answer: Answer, engineVersion: number): string {
  const asked = {
    question: answer.question,
    options: toOptions(answer),
    artifacts: answer.artifacts.map(({ digest, root }) => (root === undefined ? digest : `${digest} ${root}`)),
    engineVersion,
    answerVersion: ANSWER_VERSION,
  };
  return toBase32(createHash("sha256").update(JSON.stringify(asked)).digest());
}

/**
 * State besides the artifacts that changes the answer: the grain asked for, and whether files are hashed (a store's) and cut into
 * chunks. This can change later, and the question then has another id.
 */
function toOptions(answer: Answer): object {
  switch (answer.question) {
    case "overlap":
      return { rung: answer.rung, ...answer.union, alike: sumLikeness(answer), saving: sumSavings(answer) };
    case "savings":
      return { finest: answer.rungs.filter(({ rung }) => rung === "file" || rung === "chunk") };
    case "diff":
      return { files: answer.files?.counts ?? null, alike: sumLikeness(answer) };
    default:
      return {};
  }
}

/** Similarity is by file, whatever the question, as far as files are known. */
function sumLikeness({ likeness }: DiffAnswer | OverlapAnswer): number[] {
  return likeness.map(({ bands }) => bands.reduce((sum, { bytes }) => sum + bytes, 0));
}

function sumSavings({ alignable }: OverlapAnswer): number {
  return alignable.reduce((sum, { savedBytes }) => sum + savedBytes, 0);
}

function toBase32(bytes: Uint8Array): string {
  let letters = "";
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    for (; bits >= BITS_PER_LETTER; bits -= BITS_PER_LETTER)
      letters += ALPHABET[(held >> (bits - BITS_PER_LETTER)) & 31];
    held &= (1 << bits) - 1;
    if (letters.length >= ID_LETTERS) break;
  }
  return letters.slice(0, ID_LETTERS);
}

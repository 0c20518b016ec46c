import "server-only";
import { answerNeeds } from "#lib/answers/needs.ts";
import { answerNeedsList, type NeedFilter, type NeedsListAnswer } from "#lib/answers/needs-list.ts";
import { findArtifact } from "#lib/db/queries/find-artifact.ts";
import { type ArtifactDetail, getArtifact } from "#lib/db/queries/get-artifact.ts";
import { NEED_LISTS, type NeedList, type NeedsAnswer } from "#lib/model/needs-answer.ts";
import { database } from "./database.ts";
import type { Export } from "./exports.ts";
import { orNotFound } from "./or-not-found.ts";

export type { NeedRows, NeedSort } from "#lib/answers/needs-list.ts";

type NeedOrder = Pick<NeedFilter, "sort" | "direction">;

export interface NeedsView extends NeedsListAnswer {
  readonly artifact: ArtifactDetail;
  readonly list: NeedList;
  readonly order: NeedOrder;
}

export interface NeedsRequest {
  /** Name, id or digest, from the URL. */
  readonly text: string;
  /** Default: the first list that is not empty. */
  readonly list: NeedList | undefined;
  readonly filter: Omit<NeedFilter, keyof NeedOrder> & {
    readonly [Key in keyof NeedOrder]: NeedOrder[Key] | undefined;
  };
}

/** One list of an image's needs. Throws a UsageError if the text matches no artifact, or several, or no image. */
export async function loadNeeds({ text, list: given, filter }: NeedsRequest): Promise<NeedsView> {
  const db = await database();
  const { id } = await findArtifact(db, text);
  return orNotFound(async () => {
    const [artifact, answer] = await Promise.all([getArtifact(db, id), answerNeeds(db, id)]);
    const list = given ?? NEED_LISTS.find((each) => answer[each].length > 0) ?? "unmet";
    const order = toOrder(list, filter);
    const shown = await answerNeedsList(db, { artifactId: id, list, filter: { ...filter, ...order } });
    return { artifact, list, order, ...shown };
  });
}

/** What has bytes begins with the largest, the rest with the first name. */
function toOrder(list: NeedList, given: NeedsRequest["filter"]): NeedOrder {
  const { sort = list === "unasked" ? "retained" : "name" } = given;
  return { sort, direction: given.direction ?? (sort === "retained" || sort === "self" ? "desc" : "asc") };
}

/** All rows of one list, as a file has them. */
export function exportNeeds<List extends NeedList>(list: List) {
  return async (text: string): Promise<Export<NeedsAnswer[List][number]>> => {
    const db = await database();
    const { id, name } = await findArtifact(db, text);
    const { kind } = await orNotFound(() => getArtifact(db, id));
    return { name, kind, rows: (await orNotFound(() => answerNeeds(db, id)))[list] };
  };
}

import { formatPlatform } from "#lib/formats/oci/index.ts";
import { UsageError } from "#lib/model/problem.ts";
import type { RebaseAnswer, RebaseReport, RebaseVerdict } from "#lib/model/rebase-answer.ts";
import type { SourceImage } from "#lib/sources/images/source-image.ts";
import { type ImageTarget, parseTarget } from "../sink/image-target.ts";
import { checkTarget, writeImages } from "../sink/write-images.ts";
import { toMissingPlatform } from "./check-base.ts";
import { type OpenedSide, openSide, type SideTools, withoutPlatform } from "./open-side.ts";
import { type ChosenSides, type RebasedAnswer, rebasePlatform, toSide } from "./rebase-platform.ts";
import type { RebaseEvent, RebaseRequest } from "./rebase-request.ts";
import { isSamePlatform } from "./same-platform.ts";
import { type RebasedPlatform, writeRebased } from "./write-rebased.ts";

export interface RebaseTools extends SideTools {
  readonly emit: (event: RebaseEvent) => void;
}

interface OpenedSides {
  readonly image: OpenedSide;
  readonly from: OpenedSide;
  readonly to: OpenedSide;
  readonly against: OpenedSide | undefined;
}

/**
 * Judges a rebase on every platform of the image and, if the request says where, writes it: not if one of them has to be built again,
 * unless forced. Throws UsageError, InputError, UnreachableError.
 */
export async function answerRebase(request: RebaseRequest, tools: RebaseTools): Promise<RebaseReport> {
  const target = request.output === undefined ? undefined : parseTarget(request.output, tools.environment);
  const closing: (() => Promise<void>)[] = [];
  try {
    const sides = await openAll(request, tools, closing);
    const name = withoutPlatform(sides.image.images[0]!.name);
    if (target !== undefined) await refuseUnwritable(sides, target, name, tools);
    const answers: RebasedAnswer[] = [];
    for (const image of sides.image.images) answers.push(await rebaseOne(sides, image, tools));
    const verdict = worstOf(answers.map(({ answer }) => answer));
    const report: RebaseReport = { verdict, platforms: answers.map(({ answer }) => answer) };
    if (target === undefined || (verdict === "rebuild" && !request.force)) return report;
    const platforms = answers.map(({ answer, write }) => write ?? refuse(answer));
    tools.emit({ type: "writing", output: target.shown });
    await writeImages(target, { ...tools, ...compressionOf(request) }, (sink) => writeRebased(sink, name, platforms));
    return { ...report, output: target.shown };
  } finally {
    for (const close of closing) await close();
  }
}

function compressionOf({ compression }: RebaseRequest) {
  return compression === undefined ? {} : { compression };
}

/** All platforms of the bases are opened: which one is needed is known from the image. */
async function openAll(
  request: RebaseRequest,
  tools: RebaseTools,
  closing: (() => Promise<void>)[],
): Promise<OpenedSides> {
  refuseSharedStdin([request.image, request.from, request.to, request.against ?? ""]);
  const { digests = {} } = request;
  const open = async (source: string, digest: string | undefined, platform = request.platform) => {
    const side = await openSide(source, platform, tools, digest);
    closing.push(() => side.close());
    return side;
  };
  return {
    image: await open(request.image, digests.image),
    from: await open(request.from, digests.from, "all"),
    to: await open(request.to, digests.to, "all"),
    against: request.against === undefined ? undefined : await open(request.against, digests.against, "all"),
  };
}

function refuseSharedStdin(sources: readonly string[]): void {
  if (sources.filter((source) => source === "docker-archive:-").length > 1)
    throw new UsageError("standard input can be read once: only one of the images can be docker-archive:-");
}

/** Before anything is read: judging takes as long as a scan. */
async function refuseUnwritable(
  sides: OpenedSides,
  target: ImageTarget,
  name: string,
  tools: RebaseTools,
): Promise<void> {
  refuseStreams(sides);
  await checkTarget(target, tools, [name]);
}

/** A stream is read once, to judge; its layers would have to be read again to be copied. */
function refuseStreams({ image, to }: OpenedSides): void {
  for (const { source, images } of [image, to]) {
    if (images.some(({ layers }) => layers.some(({ place }) => place.kind === "streamed")))
      throw new UsageError(
        `${source} can be read only once, and is read to be judged: decompress it or save it to a file first`,
      );
  }
}

async function rebaseOne(
  sides: OpenedSides,
  image: SourceImage,
  { emit, signal }: RebaseTools,
): Promise<RebasedAnswer> {
  const platform = formatPlatform(image.config.platform);
  const find = (side: OpenedSide) =>
    side.images.find(({ config }) => isSamePlatform(formatPlatform(config.platform), platform));
  const [oldBase, newBase] = [find(sides.from), find(sides.to)];
  if (oldBase === undefined || newBase === undefined)
    return { answer: toUnmatched(sides, image, { oldBase, newBase }), write: undefined };
  emit({ type: "reading", platform });
  const rebuilt = sides.against && find(sides.against);
  const chosen: ChosenSides = {
    image: { side: sides.image, image },
    oldBase: { side: sides.from, image: oldBase },
    newBase: { side: sides.to, image: newBase },
    against: rebuilt && { side: sides.against!, image: rebuilt },
  };
  return rebasePlatform(chosen, signal);
}

/** The answer for a platform that one of the bases does not have. */
function toUnmatched(
  { from, to }: OpenedSides,
  image: SourceImage,
  { oldBase, newBase }: { oldBase: SourceImage | undefined; newBase: SourceImage | undefined },
): RebaseAnswer {
  const platform = formatPlatform(image.config.platform);
  const lacking = [...(oldBase === undefined ? [from] : []), ...(newBase === undefined ? [to] : [])];
  const findings = lacking.map(({ images }) => toMissingPlatform(platform, images));
  return {
    image: toSide(image),
    from: toSide(oldBase ?? from.images[0]!),
    to: toSide(newBase ?? to.images[0]!),
    platform,
    verdict: "rebuild",
    parts: [{ check: "base", scope: `${image.name} is ${platform}`, findings, before: [] }],
    layers: [],
    merged: [],
    pullBytes: 0,
  };
}

function worstOf(answers: readonly RebaseAnswer[]): RebaseVerdict {
  const verdicts = answers.map(({ verdict }) => verdict);
  if (verdicts.includes("rebuild")) return "rebuild";
  return verdicts.includes("needs merge") ? "needs merge" : "safe";
}

function refuse({ image, from, platform }: RebaseAnswer): RebasedPlatform {
  throw new UsageError(
    `${image.name} was not built on ${from.name} (${platform}): --force cannot say which layers to move`,
  );
}

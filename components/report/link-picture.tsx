import type { ReactNode } from "react";
import { nameArtifacts } from "#lib/display/artifact-names.ts";
import { formatBytes } from "#lib/display/bytes.ts";
import { labelText } from "#lib/display/shown-text.ts";
import { fitName, fitNames } from "#lib/exports/fit-names.ts";
import { LIGHT } from "#lib/exports/palette.ts";
import { toReportFigures } from "#lib/exports/report-figures.ts";
import { resolveColour } from "#lib/exports/resolve-colour.ts";
import { answerPicture, toSvg } from "#lib/exports/svg.ts";
import type { Answer, ClosureAnswer } from "#lib/model/answer.ts";
import type { Report } from "#lib/model/report.ts";

export const LINK_PICTURE = { width: 1200, height: 630 };

const MARGIN = 56;
const WIDTH = LINK_PICTURE.width - 2 * MARGIN;
const PICTURE_HEIGHT = 260;
/** The height if names are listed below it. */
const LOWER_PICTURE = 232;
/** An artifact's maximum part of the width: a single one leaves room for text beside it. */
const MAX_PART_WIDTH = 300;
const SHOWN_FIGURES = 3;
/** Letters that fit: two lines of title, a figure's name, the list of names; and the pixels of one letter under a column. */
const TITLE_LETTERS = 96;
const FIGURE_LETTERS = 34;
const LIST_LETTERS = 210;
const NAME_LETTER = 9.5;
/** With more columns than these they are numbered, and named in a list below. */
const NAMED_COLUMNS = 8;
/** The nodes of a single artifact that retain most. */
const SHOWN_NODES = 6;

const paint = (css: string) => resolveColour(css, LIGHT);
const INK = paint("var(--ink)");
const DIM = paint("var(--ink-dim)");
const row = { display: "flex" } as const;
const stack = { display: "flex", flexDirection: "column" } as const;

/**
 * Text in characters of Geist, the font that the renderer includes and the pages use. For others the renderer would
 * ask font hosts on the internet, and send them names from the user's images.
 */
function toDrawable(text: string): string {
  return labelText(text)
    .replace(/⟨/g, "<")
    .replace(/⟩/g, ">")
    .replace(/[^\x20-\x7e\u00a1-\u00ac\u00ae-\u00ff→…−≈]/gu, "?");
}

/** The picture of a link preview: title, figures, the columns of strata with their names. */
export function LinkPicture({ report: { title, answer } }: { report: Report }) {
  return (
    <div
      style={{
        ...stack,
        width: "100%",
        height: "100%",
        padding: MARGIN,
        paddingTop: MARGIN - 12,
        background: paint("var(--ground)"),
        color: INK,
      }}
    >
      <div style={{ ...row, fontSize: 22, color: DIM }}>Stratigraph</div>
      <div style={{ ...row, fontSize: 36, lineHeight: 1.2, letterSpacing: -0.8, marginTop: 6 }}>
        {fitName(toDrawable(title), TITLE_LETTERS)}
      </div>
      <Figures answer={answer} />
      <div style={{ ...row, marginTop: "auto" }}>
        {answer.question === "closure" ? <Alone answer={answer} /> : <Columns answer={answer} />}
      </div>
    </div>
  );
}

function Figures({ answer }: { answer: Answer }) {
  return (
    <div style={{ ...row, gap: 56, marginTop: 18 }}>
      {toReportFigures(answer)
        .slice(0, SHOWN_FIGURES)
        .map((figure) => (
          <div key={figure.label} style={stack}>
            <div style={{ ...row, fontSize: 20, color: DIM }}>{fitName(toDrawable(figure.label), FIGURE_LETTERS)}</div>
            <div style={{ ...row, fontSize: 36, letterSpacing: -0.8 }}>{figure.text}</div>
          </div>
        ))}
    </div>
  );
}

function Columns({ answer }: { answer: Answer }) {
  const names = nameArtifacts(answer.artifacts).map(toDrawable);
  const { order } = answerPicture(answer);
  const part = Math.min(MAX_PART_WIDTH, WIDTH / order.length);
  const named = order.length <= NAMED_COLUMNS;
  return (
    <div style={stack}>
      <Picture answer={answer} width={part * order.length} height={named ? PICTURE_HEIGHT : LOWER_PICTURE} />
      <div style={{ ...row, marginTop: 8 }}>
        {order.map((artifact) => (
          <Foot key={artifact} width={part}>
            {named ? fitName(names[artifact]!, Math.floor(part / NAME_LETTER)) : `${artifact + 1}`}
          </Foot>
        ))}
      </div>
      {named ? null : (
        <div style={{ ...row, flexWrap: "wrap", columnGap: 22, fontSize: 17, color: DIM, marginTop: 8, width: WIDTH }}>
          {fitNames(names, LIST_LETTERS).map((name) => (
            <span key={name}>{name}</span>
          ))}
        </div>
      )}
    </div>
  );
}

function Foot({ width, children }: { width: number; children: ReactNode }) {
  return <div style={{ ...row, width, justifyContent: "center", fontSize: 17 }}>{children}</div>;
}

/** One artifact: its column, and beside it the nodes that retain most. */
function Alone({ answer }: { answer: ClosureAnswer }) {
  return (
    <div style={{ ...row, gap: 48 }}>
      <Picture answer={answer} width={MAX_PART_WIDTH} height={PICTURE_HEIGHT} />
      <div style={{ ...stack, fontSize: 20, gap: 6 }}>
        <div style={{ ...row, color: DIM }}>Retains most</div>
        {answer.nodes.slice(0, SHOWN_NODES).map(({ id, name, version, retainedSize }) => (
          <div key={id} style={{ ...row, gap: 20 }}>
            <div style={{ ...row, width: 110, justifyContent: "flex-end" }}>{formatBytes(retainedSize)}</div>
            <div style={row}>{fitName(toDrawable(`${name} ${version}`.trim()), 54)}</div>
          </div>
        ))}
      </div>
    </div>
  );
}

function Picture({ answer, width, height }: { answer: Answer; width: number; height: number }) {
  const svg = toSvg(answer, { width, height, paint });
  const source = `data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}`;
  // biome-ignore lint/performance/noImgElement: satori, which draws this, supports only <img>
  return <img src={source} alt="" width={width} height={height} />;
}

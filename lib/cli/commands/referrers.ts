import type { Command } from "commander";
import { answerWhy } from "#lib/answers/why.ts";
import { column, NAME, toTable, VERSION } from "#lib/exports/table.ts";
import { toArtifactId } from "#lib/model/artifact-id.ts";
import { ARTIFACT, findOneArtifact, NODE } from "../artifact-set.ts";
import { addQuery } from "../query-command.ts";
import { writeLine } from "../terminal.ts";
import type { Workbench } from "../workbench.ts";
import { writeTable } from "../write-table.ts";

interface Referrer {
  readonly evidence: string;
  readonly details: readonly string[];
}

const EVIDENCE = column<Referrer>("Evidence", "text", ({ evidence }) => evidence);
const DETAILS = column<Referrer>("Details", "text", ({ details }) => details.join("; "));

export function addReferrersCommand(program: Command, workbench: Workbench): void {
  const { terminal } = workbench;
  const command = program
    .command("referrers")
    .argument("<artifact>", ARTIFACT)
    .argument("<node>", NODE)
    .description("the nodes that refer to a node, with the evidence");
  addQuery(
    command,
    workbench,
    "referrers nginx:1.27 libc6 --json",
    async ({ pool }, artifact: string, name: string) => {
      const { id: artifactId, digest } = await findOneArtifact(pool, artifact);
      const limits = { limit: Number.POSITIVE_INFINITY, pathLimit: 0 };
      const { node, referrers } = await answerWhy(pool, { artifactId, node: name, ...limits });
      const rows = referrers.rows.map(({ node: { id, name, version }, evidence, details }) => {
        return { id, name, version, evidence, details };
      });
      return {
        json: () => ({ artifact: toArtifactId(digest), node: node.id, referrers: rows }),
        print: () => {
          if (rows.length === 0) writeLine(terminal, `nothing refers to ${node.id}`);
          writeTable(terminal, toTable("", [NAME, VERSION, EVIDENCE, DETAILS], rows));
        },
      };
    },
  );
}

import type { Command } from "commander";
import { answerWhy } from "#lib/answers/why.ts";
import { toArtifactId } from "#lib/model/artifact-id.ts";
import { findOneArtifact } from "../artifact-set.ts";
import { writeJson, writeLine, writeTable } from "../terminal.ts";
import { askDatabase, type Workbench } from "../workbench.ts";

const HEADINGS = ["name", "version", "evidence", "details"];

export function addReferrersCommand(program: Command, workbench: Workbench): void {
  program
    .command("referrers")
    .argument("<artifact>", "name, repo:tag, digest, id, or a root's store path")
    .argument("<node>", "purl, package name, store path, or the part of it after the hash")
    .description("what refers to a node, and how that is known")
    .option("--json", "one JSON document on standard output")
    .addHelpText("after", "\nExample:\n  stratigraph referrers nginx:1.27 libc6 --json")
    .action((artifact: string, node: string, options: { json?: boolean }) => {
      return referrers(workbench, { artifact, node, asJson: options.json === true });
    });
}

interface Question {
  artifact: string;
  node: string;
  asJson: boolean;
}

function referrers({ terminal, signal }: Workbench, question: Question): Promise<void> {
  return askDatabase(signal, async ({ pool }) => {
    const { id: artifactId, digest } = await findOneArtifact(pool, question.artifact);
    const limits = { limit: Number.POSITIVE_INFINITY, pathLimit: 0 };
    const { node, referrers: found } = await answerWhy(pool, { artifactId, node: question.node, ...limits });
    const rows = found.rows.map(({ node: { id, name, version }, evidence, details }) => {
      return { id, name, version, evidence, details };
    });
    if (question.asJson) {
      writeJson(terminal, { artifact: toArtifactId(digest), node: node.id, referrers: rows });
    } else if (rows.length === 0) writeLine(terminal, `nothing refers to ${node.id}`);
    else {
      const cells = rows.map((row) => [row.name, row.version, row.evidence, row.details.join("; ")]);
      writeTable(terminal, { cells: [HEADINGS, ...cells], fitted: HEADINGS.indexOf("details") });
    }
  });
}

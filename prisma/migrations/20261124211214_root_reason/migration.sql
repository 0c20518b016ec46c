-- AlterTable
ALTER TABLE "node" ADD COLUMN     "root_reason" SMALLINT;

-- What the tables tell of scans before: unowned files, and roots of closures that nobody named. Of the others nothing is known.
UPDATE "node" SET "root_reason" = 3 FROM "component"
WHERE "component"."id" = "node"."component_id" AND "component"."kind" = 'unowned' AND "node"."root";
UPDATE "node" SET "root_reason" = 4 FROM "closure"
WHERE "closure"."artifact_id" = "node"."artifact_id" AND "node"."root"
  AND (NOT "closure"."roots_known" OR cardinality("closure"."roots") > 0 AND NOT "node"."node_index" = ANY("closure"."roots"));

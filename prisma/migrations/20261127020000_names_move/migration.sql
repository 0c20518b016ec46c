-- AlterTable
ALTER TABLE "artifact_name" ADD COLUMN     "moved_at" TIMESTAMPTZ;

-- Until now a name meant the artifact it was last seen on, and the others kept it all the same.
UPDATE "artifact_name" SET "moved_at" = (
  SELECT min("later"."seen_at") FROM "artifact_name" AS "later"
  WHERE "later"."name" = "artifact_name"."name"
    AND ("later"."seen_at", "later"."id") > ("artifact_name"."seen_at", "artifact_name"."id")
);

-- Text of any length is no B-tree key (docs/decisions/0011), so this is no unique index.
ALTER TABLE "artifact_name" ADD CONSTRAINT "artifact_name_means_one" EXCLUDE USING hash ("name" WITH =) WHERE ("moved_at" IS NULL);

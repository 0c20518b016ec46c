-- A B-tree row holds at most 2,704 bytes, and a path may have 4,096: text becomes a hash index, or an expression over hashtext().

-- DropIndex
DROP INDEX "artifact_name_name_seen_at_idx";

-- DropIndex
DROP INDEX "component_identity_nar_hash_key";

-- DropIndex
DROP INDEX "layer_entry_layer_id_dir_idx";

-- AlterTable
ALTER TABLE "artifact_name" DROP CONSTRAINT "artifact_name_pkey",
ADD COLUMN     "id" SERIAL NOT NULL,
ADD CONSTRAINT "artifact_name_pkey" PRIMARY KEY ("id");

-- AlterTable
ALTER TABLE "image_directory" DROP CONSTRAINT "image_directory_pkey",
ADD COLUMN     "ordinal" INTEGER;

-- Rows that are there are numbered image by image, as the program numbers new ones.
UPDATE "image_directory" AS d SET "ordinal" = numbered."ordinal"
FROM (
    SELECT ctid AS place, row_number() OVER (PARTITION BY "artifact_id" ORDER BY "dir", "name") - 1 AS "ordinal"
    FROM "image_directory"
) AS numbered
WHERE d.ctid = numbered.place;

ALTER TABLE "image_directory" ALTER COLUMN "ordinal" SET NOT NULL,
ADD CONSTRAINT "image_directory_pkey" PRIMARY KEY ("artifact_id", "ordinal");

-- CreateIndex
CREATE INDEX "artifact_name_artifact_id_idx" ON "artifact_name"("artifact_id");

-- CreateIndex
CREATE INDEX "artifact_name_name_idx" ON "artifact_name" USING HASH ("name");

-- CreateIndex
CREATE INDEX "component_identity_idx" ON "component" USING HASH ("identity");

-- Prisma leaves indexes over expressions alone: they are not in schema.prisma.
CREATE INDEX "image_directory_artifact_id_dir_idx" ON "image_directory"("artifact_id", hashtext("dir"));

CREATE INDEX "layer_entry_layer_id_dir_idx" ON "layer_entry"("layer_id", hashtext("dir"));

-- AlterTable
ALTER TABLE "artifact_name" ADD COLUMN     "since_at" TIMESTAMPTZ;

-- Names by their repository (lib/model/repository-name.ts): an expression, because text of any length is no B-tree key (docs/decisions/0011).
CREATE INDEX "artifact_name_repository_idx" ON "artifact_name"(hashtext(regexp_replace(regexp_replace("name", '@[^/@]*$', ''), ':[^/:]+$', '')));

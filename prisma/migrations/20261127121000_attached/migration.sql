-- CreateTable
CREATE TABLE "image_attachment" (
    "artifact_id" INTEGER NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "digest" BYTEA NOT NULL,
    "byte_count" BIGINT NOT NULL,
    "source" TEXT NOT NULL,

    CONSTRAINT "image_attachment_pkey" PRIMARY KEY ("artifact_id","ordinal")
);

-- CreateTable
CREATE TABLE "image_base_claim" (
    "artifact_id" INTEGER NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "digest" BYTEA NOT NULL,
    "claimed_by" BYTEA NOT NULL,

    CONSTRAINT "image_base_claim_pkey" PRIMARY KEY ("artifact_id","ordinal")
);

-- CreateIndex
CREATE INDEX "image_base_claim_digest_idx" ON "image_base_claim"("digest");

-- AddForeignKey
ALTER TABLE "image_attachment" ADD CONSTRAINT "image_attachment_artifact_id_fkey" FOREIGN KEY ("artifact_id") REFERENCES "artifact"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "image_base_claim" ADD CONSTRAINT "image_base_claim_artifact_id_fkey" FOREIGN KEY ("artifact_id") REFERENCES "artifact"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- CreateTable
CREATE TABLE "content" (
    "id" BIGSERIAL NOT NULL,
    "sha256" BYTEA NOT NULL,
    "byte_count" BIGINT NOT NULL,

    CONSTRAINT "content_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "layer" (
    "id" SERIAL NOT NULL,
    "diff_id" BYTEA NOT NULL,
    "tar_size" BIGINT NOT NULL,
    "content_size" BIGINT NOT NULL,
    "entry_count" INTEGER NOT NULL,
    "problems" JSONB NOT NULL DEFAULT '[]',

    CONSTRAINT "layer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "blob" (
    "digest" BYTEA NOT NULL,
    "layer_id" INTEGER NOT NULL,
    "download_size" BIGINT NOT NULL,
    "compression" TEXT NOT NULL,

    CONSTRAINT "blob_pkey" PRIMARY KEY ("digest")
);

-- CreateTable
CREATE TABLE "layer_entry" (
    "layer_id" INTEGER NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "dir" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" SMALLINT NOT NULL,
    "mode" SMALLINT NOT NULL,
    "uid" BIGINT NOT NULL,
    "gid" BIGINT NOT NULL,
    "byte_count" BIGINT NOT NULL,
    "mtime" BIGINT NOT NULL,
    "target" TEXT,
    "content_id" BIGINT,

    CONSTRAINT "layer_entry_pkey" PRIMARY KEY ("layer_id","ordinal")
);

-- CreateTable
CREATE TABLE "layer_document" (
    "layer_id" INTEGER NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "body" BYTEA NOT NULL,

    CONSTRAINT "layer_document_pkey" PRIMARY KEY ("layer_id","ordinal")
);

-- CreateTable
CREATE TABLE "component" (
    "id" BIGSERIAL NOT NULL,
    "identity" TEXT NOT NULL,
    "nar_hash" TEXT NOT NULL DEFAULT '',
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "deriver" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "component_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "store_reference" (
    "referrer_id" BIGINT NOT NULL,
    "reference_id" BIGINT NOT NULL,

    CONSTRAINT "store_reference_pkey" PRIMARY KEY ("referrer_id","reference_id")
);

-- CreateTable
CREATE TABLE "artifact" (
    "id" SERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "digest" BYTEA NOT NULL,
    "platform" TEXT NOT NULL DEFAULT '',
    "node_count" INTEGER NOT NULL,
    "edge_count" INTEGER NOT NULL,
    "problems" JSONB NOT NULL DEFAULT '[]',
    "scanned_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "engine_version" INTEGER NOT NULL,

    CONSTRAINT "artifact_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "artifact_name" (
    "artifact_id" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "seen_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "artifact_name_pkey" PRIMARY KEY ("artifact_id","name")
);

-- CreateTable
CREATE TABLE "image" (
    "artifact_id" INTEGER NOT NULL,
    "config_digest" BYTEA NOT NULL,
    "layers_content_size" BIGINT NOT NULL,
    "rootfs_size" BIGINT NOT NULL,
    "wasted_size" BIGINT NOT NULL,
    "download_size" BIGINT NOT NULL,
    "created_at" TEXT NOT NULL,
    "command" TEXT[],
    "owners" BYTEA NOT NULL,

    CONSTRAINT "image_pkey" PRIMARY KEY ("artifact_id")
);

-- CreateTable
CREATE TABLE "closure" (
    "artifact_id" INTEGER NOT NULL,
    "store_dir" TEXT NOT NULL,
    "closure_size" BIGINT NOT NULL,
    "roots_known" BOOLEAN NOT NULL,

    CONSTRAINT "closure_pkey" PRIMARY KEY ("artifact_id")
);

-- CreateTable
CREATE TABLE "image_layer" (
    "artifact_id" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "layer_id" INTEGER NOT NULL,
    "chain_id" BYTEA NOT NULL,
    "blob_digest" BYTEA NOT NULL,
    "download_size" BIGINT NOT NULL,
    "media_type" TEXT NOT NULL,
    "created_by" TEXT NOT NULL,

    CONSTRAINT "image_layer_pkey" PRIMARY KEY ("artifact_id","position")
);

-- CreateTable
CREATE TABLE "wasted_body" (
    "artifact_id" INTEGER NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "path" TEXT NOT NULL,
    "byte_count" BIGINT NOT NULL,
    "layer" INTEGER NOT NULL,
    "hidden_by" INTEGER NOT NULL,

    CONSTRAINT "wasted_body_pkey" PRIMARY KEY ("artifact_id","ordinal")
);

-- CreateTable
CREATE TABLE "image_directory" (
    "artifact_id" INTEGER NOT NULL,
    "dir" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "byte_count" BIGINT NOT NULL,
    "file_count" INTEGER NOT NULL,

    CONSTRAINT "image_directory_pkey" PRIMARY KEY ("artifact_id","dir","name")
);

-- CreateTable
CREATE TABLE "node" (
    "artifact_id" INTEGER NOT NULL,
    "node_index" INTEGER NOT NULL,
    "component_id" BIGINT NOT NULL,
    "instance_path" TEXT NOT NULL,
    "self_size" BIGINT NOT NULL,
    "closure_size" BIGINT NOT NULL,
    "retained_size" BIGINT NOT NULL,
    "reference_count" INTEGER NOT NULL,
    "referrer_count" INTEGER NOT NULL,
    "live" BOOLEAN NOT NULL,
    "root" BOOLEAN NOT NULL,

    CONSTRAINT "node_pkey" PRIMARY KEY ("artifact_id","node_index")
);

-- CreateTable
CREATE TABLE "edge" (
    "artifact_id" INTEGER NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "from_index" INTEGER NOT NULL,
    "to_index" INTEGER NOT NULL,
    "evidence" SMALLINT NOT NULL,
    "detail" TEXT NOT NULL,

    CONSTRAINT "edge_pkey" PRIMARY KEY ("artifact_id","ordinal")
);

-- CreateTable
CREATE TABLE "packed_graph" (
    "artifact_id" INTEGER NOT NULL,
    "engine_version" INTEGER NOT NULL,
    "offsets" BYTEA NOT NULL,
    "targets" BYTEA NOT NULL,
    "evidence" BYTEA NOT NULL,
    "dominator" BYTEA NOT NULL,
    "rank" BYTEA NOT NULL,
    "order" BYTEA NOT NULL,

    CONSTRAINT "packed_graph_pkey" PRIMARY KEY ("artifact_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "content_sha256_key" ON "content"("sha256");

-- CreateIndex
CREATE UNIQUE INDEX "layer_diff_id_key" ON "layer"("diff_id");

-- CreateIndex
CREATE INDEX "blob_layer_id_idx" ON "blob"("layer_id");

-- CreateIndex
CREATE INDEX "layer_entry_layer_id_dir_idx" ON "layer_entry"("layer_id", "dir");

-- CreateIndex
CREATE INDEX "layer_entry_content_id_idx" ON "layer_entry"("content_id");

-- CreateIndex
CREATE UNIQUE INDEX "component_identity_nar_hash_key" ON "component"("identity", "nar_hash");

-- CreateIndex
CREATE UNIQUE INDEX "artifact_digest_key" ON "artifact"("digest");

-- CreateIndex
CREATE INDEX "artifact_name_name_seen_at_idx" ON "artifact_name"("name", "seen_at");

-- CreateIndex
CREATE INDEX "image_config_digest_idx" ON "image"("config_digest");

-- CreateIndex
CREATE INDEX "image_layer_layer_id_idx" ON "image_layer"("layer_id");

-- CreateIndex
CREATE INDEX "image_layer_chain_id_idx" ON "image_layer"("chain_id");

-- CreateIndex
CREATE INDEX "node_artifact_id_retained_size_idx" ON "node"("artifact_id", "retained_size" DESC);

-- CreateIndex
CREATE INDEX "node_component_id_idx" ON "node"("component_id");

-- AddForeignKey
ALTER TABLE "blob" ADD CONSTRAINT "blob_layer_id_fkey" FOREIGN KEY ("layer_id") REFERENCES "layer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "artifact_name" ADD CONSTRAINT "artifact_name_artifact_id_fkey" FOREIGN KEY ("artifact_id") REFERENCES "artifact"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "image" ADD CONSTRAINT "image_artifact_id_fkey" FOREIGN KEY ("artifact_id") REFERENCES "artifact"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "closure" ADD CONSTRAINT "closure_artifact_id_fkey" FOREIGN KEY ("artifact_id") REFERENCES "artifact"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "image_layer" ADD CONSTRAINT "image_layer_artifact_id_fkey" FOREIGN KEY ("artifact_id") REFERENCES "artifact"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "image_layer" ADD CONSTRAINT "image_layer_layer_id_fkey" FOREIGN KEY ("layer_id") REFERENCES "layer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "packed_graph" ADD CONSTRAINT "packed_graph_artifact_id_fkey" FOREIGN KEY ("artifact_id") REFERENCES "artifact"("id") ON DELETE CASCADE ON UPDATE CASCADE;

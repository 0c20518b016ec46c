-- CreateIndex
CREATE INDEX "image_layer_blob_digest_idx" ON "image_layer"("blob_digest");

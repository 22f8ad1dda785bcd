package dev.stowage.blob;

/** A whole store of blobs: read, written, served and deleted from. */
public interface BlobStore extends BlobService, BlobServer, BlobDeleter {}

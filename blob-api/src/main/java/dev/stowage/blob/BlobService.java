package dev.stowage.blob;

/** A store that is read and written: what most users of blobs need. */
public interface BlobService extends BlobStatter, BlobProvider, BlobIngester {}

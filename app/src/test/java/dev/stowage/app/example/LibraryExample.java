package dev.stowage.app.example;

import dev.stowage.adapter.fs.FileBlobData;
import dev.stowage.adapter.fs.FileOptions;
import dev.stowage.adapter.rocksdb.RocksMetadataStore;
import dev.stowage.adapter.rocksdb.RocksOptions;
import dev.stowage.blob.BlobStore;
import dev.stowage.blob.Descriptor;
import dev.stowage.blob.MediaType;
import dev.stowage.core.CoreOptions;
import dev.stowage.core.StowageStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;

/** A blob store in a program of its own. */
final class LibraryExample {
  private LibraryExample() {}

  static long storeAndReadBack(Path directory, ByteBuffer bytes) throws IOException {
    try (var data = FileBlobData.open(directory, FileOptions.defaults());
        var facts =
            RocksMetadataStore.open(directory.resolve("metadata"), RocksOptions.defaults());
        var store = StowageStore.open(data, facts, CoreOptions.defaults())) {
      BlobStore blobs = store;
      Descriptor blob = blobs.put(MediaType.OCTET_STREAM, bytes); // durable when it returns
      long size = blobs.stat(blob.digest()).size();
      try (SeekableByteChannel content = blobs.open(blob.digest())) {
        content.read(ByteBuffer.allocate(16));
      }
      blobs.delete(blob.digest());
      return size;
    }
  }
}

package dev.stowage.adapter.http.transfer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/**
 * A body that is one part of a file, which the connection sends without copying it. Each piece is a
 * buffer without meaning, in whose place the {@link FileEndPoint} sends as many bytes of the file.
 */
final class FilePieces implements Pieces {
  /** How much is written at once; the rate of the client is looked at in between. */
  private static final int PIECE = 1024 * 1024;

  private static final ByteBuffer STAND_IN = ByteBuffer.allocate(PIECE).asReadOnlyBuffer();

  private final FileEndPoint endPoint;
  private final FileChannel file;
  private final long end;
  private long position;
  private @Nullable FilePart current;

  FilePieces(FileEndPoint endPoint, FileChannel file, ByteRange part) {
    this.endPoint = endPoint;
    this.file = file;
    this.position = part.offset();
    this.end = part.end();
  }

  @Override
  public ByteBuffer next() {
    ByteBuffer standIn = STAND_IN.duplicate();
    standIn.limit((int) Math.min(PIECE, end - position));
    current = new FilePart(file, position, standIn);
    position += standIn.remaining();
    endPoint.beginFile(current);
    return standIn;
  }

  @Override
  public void written() throws IOException {
    if (current != null && !current.isSent()) {
      throw new IOException("a part of a file was replaced on its way to the client");
    }
  }

  @Override
  public void close() throws IOException {
    endPoint.endFile();
    file.close();
  }
}

package dev.stowage.adapter.http.transfer;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;

/** A part of a file, and the buffer that stands in for what of it has still to be sent. */
final class FilePart {
  private final FileChannel file;
  private final ByteBuffer standIn;
  private long position;

  /** The part that begins at {@code position} and is as long as {@code standIn}. */
  FilePart(FileChannel file, long position, ByteBuffer standIn) {
    this.file = file;
    this.position = position;
    this.standIn = standIn;
  }

  @SuppressWarnings("ReferenceEquality") // any other buffer with the same bytes is content
  boolean isStoodInForBy(ByteBuffer buffer) {
    return buffer == standIn;
  }

  boolean isSent() {
    return !standIn.hasRemaining();
  }

  /**
   * Sends what a socket takes now.
   *
   * @return how many bytes that were
   * @throws IOException if the file ends early, or it or the socket fails
   */
  long sendTo(WritableByteChannel socket) throws IOException {
    long sent = 0;
    while (standIn.hasRemaining()) {
      long count = file.transferTo(position, standIn.remaining(), socket);
      if (count == 0) {
        if (position >= file.size()) {
          throw new EOFException("content ended " + standIn.remaining() + " bytes early");
        }
        break;
      }
      position += count;
      sent += count;
      standIn.position(standIn.position() + (int) count);
    }
    return sent;
  }

  /** Whether the next byte can be read, which tells a failed file from a failed socket. */
  boolean isReadable() {
    try {
      return file.read(ByteBuffer.allocate(1), position) == 1;
    } catch (IOException unreadable) {
      return false;
    }
  }
}

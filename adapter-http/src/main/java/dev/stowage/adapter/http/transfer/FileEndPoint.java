package dev.stowage.adapter.http.transfer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * A plain TCP connection that can send parts of files from the kernel's cache to the socket,
 * without a copy in this process.
 *
 * <p>The server goes on to deal in buffers: it is given one that stands in for a part of a file,
 * and this end point sends the file in its place. Whatever comes between the response and this end
 * point, such as encryption or the frames of HTTP/2, must have real buffers: see {@link #of}.
 */
public final class FileEndPoint extends SocketChannelEndPoint {
  private volatile @Nullable FilePart part;

  /** An end point for an accepted connection. */
  public FileEndPoint(
      SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler) {
    super(channel, selector, key, scheduler);
  }

  /** The end point that a request's response goes to directly, in HTTP/1; null if there is none. */
  static @Nullable FileEndPoint of(Request request) {
    ConnectionMetaData connection = request.getConnectionMetaData();
    return connection.getHttpVersion().compareTo(HttpVersion.HTTP_1_1) <= 0
            && connection.getConnection().getEndPoint() instanceof FileEndPoint direct
        ? direct
        : null;
  }

  /** Lets a buffer stand in for a part of a file. */
  void beginFile(FilePart next) {
    part = next;
  }

  /** Forgets it, whether or not it was sent. */
  void endFile() {
    part = null;
  }

  @Override
  public boolean flush(ByteBuffer... buffers) throws IOException {
    FilePart file = part;
    for (int i = 0; file != null && i < buffers.length; i++) {
      if (file.isStoodInForBy(buffers[i])) {
        return (i == 0 || super.flush(Arrays.copyOf(buffers, i)))
            && flush(file)
            && (i + 1 == buffers.length
                || super.flush(Arrays.copyOfRange(buffers, i + 1, buffers.length)));
      }
    }
    return super.flush(buffers);
  }

  private boolean flush(FilePart file) throws IOException {
    try {
      if (file.sendTo(getChannel()) > 0) {
        notIdle();
      }
    } catch (IOException e) {
      throw file.isReadable() ? new EofException(e) : Pieces.unreadable(e);
    }
    return file.isSent();
  }
}

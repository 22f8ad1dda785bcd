package dev.stowage.adapter.http.transfer;

import dev.stowage.blob.BlobDelivery;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Gives content out: whole, one part of it, or several.
 *
 * <p>This is the one place through which the bytes of blobs leave. One part of a file, or the
 * whole, goes from the file to a plain connection without a copy.
 */
public final class BlobResponse {
  private final Response response;
  private final SendBuffers buffers;
  private final RateFloor floor;
  private final Callback callback;

  /**
   * A response that is to carry content; its other header fields are set already.
   *
   * @param buffers what the content is sent through
   * @param floor how slow the client may be
   * @param callback completed when the body has been sent or can no longer be
   */
  public BlobResponse(Response response, SendBuffers buffers, RateFloor floor, Callback callback) {
    this.response = response;
    this.buffers = buffers;
    this.floor = floor;
    this.callback = callback;
  }

  /** Sends all of the content, and closes it. */
  public void sendWhole(BlobDelivery.Content content) {
    response.setStatus(200);
    long size = content.descriptor().size();
    send(content.channel(), List.of(Segment.of(new ByteRange(0, size))));
  }

  /** Sends some parts of the content, and closes it. */
  public void sendParts(BlobDelivery.Content content, List<ByteRange> parts) {
    response.setStatus(206);
    long size = content.descriptor().size();
    if (parts.size() == 1) {
      response.getHeaders().put(HttpHeader.CONTENT_RANGE, parts.get(0).contentRange(size));
      send(content.channel(), List.of(Segment.of(parts.get(0))));
    } else {
      send(content.channel(), multipart(parts, size));
    }
  }

  /** The body of RFC 9110, section 14.6. */
  private List<Segment> multipart(List<ByteRange> parts, long size) {
    HttpFields.Mutable headers = response.getHeaders();
    String type = String.valueOf(headers.get(HttpHeader.CONTENT_TYPE));
    String boundary = UUID.randomUUID().toString();
    headers.put(HttpHeader.CONTENT_TYPE, "multipart/byteranges; boundary=" + boundary);
    List<Segment> segments = new ArrayList<>();
    for (ByteRange part : parts) {
      String head =
          "\r\n--%s\r\nContent-Type: %s\r\nContent-Range: %s\r\n\r\n"
              .formatted(boundary, type, part.contentRange(size));
      segments.add(new Segment(head, part));
    }
    segments.add(Segment.of("\r\n--" + boundary + "--\r\n"));
    return segments;
  }

  private void send(SeekableByteChannel channel, List<Segment> segments) {
    long length = segments.stream().mapToLong(Segment::length).sum();
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, length);
    new ContentSender(response, pieces(channel, segments), length, floor, callback).iterate();
  }

  private Pieces pieces(SeekableByteChannel channel, List<Segment> segments) {
    FileEndPoint direct = FileEndPoint.of(response.getRequest());
    if (direct != null
        && channel instanceof FileChannel file
        && segments.size() == 1
        && segments.get(0).prefix().isEmpty()) {
      return new FilePieces(direct, file, segments.get(0).part());
    }
    return new CopiedPieces(
        channel, segments, buffers, response.getRequest().getComponents().getByteBufferPool());
  }
}

package dev.stowage.app.property;

import static dev.stowage.app.property.HttpDoor.unannounced;

import dev.stowage.ErrorKind;
import dev.stowage.blob.Digest;
import dev.stowage.blob.DigestAlgorithm;
import dev.stowage.blob.UploadId;
import dev.stowage.registry.RepositoryName;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/** Uploads through the protocol. */
record HttpUploads(HttpDoor http) implements UploadDoor {
  @Override
  public UploadId create(RepositoryName repository, DigestAlgorithm algorithm) throws IOException {
    HttpResponse<byte[]> response =
        http.send(
            "POST", "/v2/" + repository + "/blobs/uploads/?digest-algorithm=" + algorithm.token());
    return response
        .headers()
        .firstValue("Location")
        .map(location -> location.substring(location.lastIndexOf('/') + 1))
        .flatMap(UploadId::find)
        .orElseThrow(() -> HttpDoor.unexpected(response));
  }

  @Override
  public Outcome append(RepositoryName repository, UploadId id, byte[] bytes) throws IOException {
    return outcome(
        http.send("PATCH", path(repository, id), BodyPublishers.ofByteArray(bytes)), 202);
  }

  @Override
  public Outcome chunk(
      RepositoryName repository, UploadId id, long offset, long length, byte[] bytes)
      throws IOException {
    // An announced length that is wrong is seen before the offset is; this one is not announced.
    return outcome(
        http.send(
            "PATCH",
            path(repository, id),
            unannounced(bytes),
            "Content-Range",
            offset + "-" + (offset + length - 1)),
        202);
  }

  @Override
  public Outcome status(RepositoryName repository, UploadId id) throws IOException {
    return outcome(http.send("GET", path(repository, id)), 204);
  }

  @Override
  public Outcome cancel(RepositoryName repository, UploadId id) throws IOException {
    return outcome(http.send("DELETE", path(repository, id)), 204);
  }

  @Override
  public Outcome commit(RepositoryName repository, UploadId id, byte[] last, Digest digest)
      throws IOException {
    HttpResponse<byte[]> response =
        http.send("PUT", path(repository, id) + "?digest=" + digest, unannounced(last));
    return outcome(response, 201);
  }

  /** The protocol has no claim of the whole size; a last chunk of another size comes nearest. */
  @Override
  public Outcome commitOfWrongSize(RepositoryName repository, UploadId id, Digest digest, long size)
      throws IOException {
    return outcome(
        http.send(
            "PUT",
            path(repository, id) + "?digest=" + digest,
            BodyPublishers.ofByteArray(new byte[0]),
            "Content-Range",
            "0-" + (size - 1)),
        201);
  }

  @Override
  public Takeover takeOver(
      RepositoryName repository, UploadId id, byte[] first, boolean chunk, long size, byte[] second)
      throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), http.port())) {
      socket.setSoTimeout(20_000);
      OutputStream out = socket.getOutputStream();
      String range =
          chunk ? "Content-Range: " + size + "-" + (size + first.length - 1) + "\r\n" : "";
      String head =
          "PATCH %s HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n%sContent-Length: %d\r\n\r\n"
              .formatted(path(repository, id), range, first.length);
      out.write(head.getBytes(StandardCharsets.US_ASCII));
      out.flush();
      String answer = head(socket.getInputStream());
      if (!answer.startsWith("HTTP/1.1 100")) {
        return new Takeover(outcome(answer), 0, append(repository, id, second));
      }
      // The server asks for the body when it holds the upload. Of what is no chunk nothing is sent
      // yet, for nobody could tell whether it comes in before the second request.
      int sent = chunk ? first.length / 2 : 0;
      out.write(first, 0, sent);
      out.flush();
      Outcome newer = append(repository, id, second);
      out.write(first, sent, first.length - sent);
      out.flush();
      return new Takeover(outcome(head(socket.getInputStream())), 0, newer);
    }
  }

  @Override
  public Optional<byte[]> blob(RepositoryName repository, Digest digest) throws IOException {
    HttpResponse<byte[]> response = http.send("GET", "/v2/" + repository + "/blobs/" + digest);
    return switch (response.statusCode()) {
      case 200 -> Optional.of(response.body());
      case 404 -> Optional.empty();
      default -> throw HttpDoor.unexpected(response);
    };
  }

  private static String path(RepositoryName repository, UploadId id) {
    return "/v2/" + repository + "/blobs/uploads/" + id;
  }

  private static Outcome outcome(HttpResponse<byte[]> response, int done) {
    OptionalLong size =
        response.headers().firstValue("Range").map(HttpUploads::size).orElse(OptionalLong.empty());
    String text = HttpDoor.text(response);
    return response.statusCode() == done
        ? new Outcome(Optional.empty(), size)
        : new Outcome(
            Optional.of(
                switch (response.statusCode()) {
                  case 404 -> ErrorKind.UPLOAD_UNKNOWN;
                  case 416 ->
                      text.contains("\"expected\"")
                          ? ErrorKind.CHUNK_OUT_OF_ORDER
                          : ErrorKind.UPLOAD_TAKEN_OVER;
                  case 400 ->
                      text.contains("SIZE_INVALID")
                          ? ErrorKind.LENGTH_INVALID
                          : ErrorKind.DIGEST_INVALID;
                  default -> throw HttpDoor.unexpected(response);
                }),
            size);
  }

  /** The size, unless the answer is that of no byte and of one byte alike. */
  private static OptionalLong size(String range) {
    long last = Long.parseLong(range.substring(range.indexOf('-') + 1));
    return last == 0 ? OptionalLong.empty() : OptionalLong.of(last + 1);
  }

  private static Outcome outcome(String head) {
    return switch (head.split(" ", -1)[1]) {
      case "202" -> Outcome.done();
      case "404" -> Outcome.refused(ErrorKind.UPLOAD_UNKNOWN);
      case "416" -> Outcome.refused(ErrorKind.UPLOAD_TAKEN_OVER);
      default -> throw new AssertionError("unexpected answer: " + head);
    };
  }

  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    byte[] end = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    while (head.size() < end.length
        || !Arrays.equals(
            Arrays.copyOfRange(head.toByteArray(), head.size() - end.length, head.size()), end)) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException("the answer ends in its head: " + head);
      }
      head.write(next);
    }
    return head.toString(StandardCharsets.US_ASCII);
  }
}

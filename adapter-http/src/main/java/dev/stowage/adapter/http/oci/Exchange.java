package dev.stowage.adapter.http.oci;

import dev.stowage.adapter.http.auth.Caller;
import dev.stowage.adapter.http.error.HttpRefusal;
import dev.stowage.adapter.http.json.JsonBody;
import dev.stowage.adapter.http.route.Query;
import dev.stowage.adapter.http.route.Target;
import dev.stowage.adapter.http.transfer.RateFloor;
import dev.stowage.adapter.http.transfer.RequestBody;
import dev.stowage.blob.Digest;
import dev.stowage.registry.Reference;
import dev.stowage.registry.Registry;
import dev.stowage.registry.Repository;
import dev.stowage.registry.RepositoryName;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** One request and its answer, with what the route has made of them. */
public final class Exchange {
  private final Request request;
  private final Response response;
  private final Callback callback;
  private final Target target;
  private final Query query;
  private final Caller caller;
  private final Registry registry;
  private final RequestBody body;
  private final Supplier<RateFloor> rateFloors;

  /**
   * A request that is to be answered.
   *
   * @param registry all repositories; the exchange takes its caller's view of them
   * @param rateFloors what tells whether the client is too slow, one for each direction
   */
  public Exchange(
      Request request,
      Response response,
      Callback callback,
      Target target,
      Registry registry,
      RequestBody body,
      Supplier<RateFloor> rateFloors) {
    this.request = request;
    this.response = response;
    this.callback = callback;
    this.target = target;
    this.query = Query.of(Optional.ofNullable(request.getHttpURI().getQuery()).orElse(""));
    this.caller = Caller.of(request);
    this.registry = registry.as(caller.actor());
    this.body = body;
    this.rateFloors = rateFloors;
  }

  boolean isHead() {
    return request.getMethod().equals("HEAD");
  }

  Query query() {
    return query;
  }

  Caller caller() {
    return caller;
  }

  Registry registry() {
    return registry;
  }

  Repository repository() {
    return registry.repository(name());
  }

  RepositoryName name() {
    return new RepositoryName(target.name());
  }

  /** The path's last component, whatever it is. */
  String item() {
    return target.item();
  }

  Digest digest() {
    return Digest.parse(target.item());
  }

  Reference reference() {
    return Reference.parse(target.item());
  }

  RequestBody body() {
    return body;
  }

  /** The announced length of the body. */
  OptionalLong contentLength() {
    long length = request.getLength();
    return length < 0 ? OptionalLong.empty() : OptionalLong.of(length);
  }

  /** The value of a header field that may stand there at most once. */
  Optional<String> header(HttpHeader field) {
    List<String> values = request.getHeaders().getValuesList(field);
    if (values.size() > 1) {
      throw HttpRefusal.malformed("the header field " + field + " may be given only once");
    }
    return values.stream().findFirst();
  }

  /** The value of a header field that is a list, however many fields it is spread over. */
  Optional<String> listHeader(HttpHeader field) {
    List<String> values = request.getHeaders().getValuesList(field);
    return values.isEmpty() ? Optional.empty() : Optional.of(String.join(",", values));
  }

  /** Whether the client waits to be told that it shall send the body. */
  boolean isContinueExpected() {
    return request.getHeaders().contains(HttpHeader.EXPECT, "100-continue");
  }

  Response response() {
    return response;
  }

  HttpFields.Mutable headers() {
    return response.getHeaders();
  }

  Callback callback() {
    return callback;
  }

  /** How slow the client may be while it takes the answer. */
  RateFloor rateFloor() {
    return rateFloors.get();
  }

  /** Answers without a body. */
  void end(int status) {
    response.setStatus(status);
    if (status != 204 && status != 304) {
      headers().put(HttpHeader.CONTENT_LENGTH, 0L);
    }
    response.write(true, ByteBuffer.allocate(0), callback);
  }

  /** Answers with a document. */
  void send(JsonBody document) {
    send(document.mediaType().value(), ByteBuffer.wrap(document.bytes()));
  }

  /** Answers with some bytes, or, to HEAD, with what is said of them. */
  void send(String contentType, ByteBuffer bytes) {
    response.setStatus(200);
    headers().put(HttpHeader.CONTENT_TYPE, contentType);
    headers().put(HttpHeader.CONTENT_LENGTH, bytes.remaining());
    response.write(true, bytes, callback);
  }
}
